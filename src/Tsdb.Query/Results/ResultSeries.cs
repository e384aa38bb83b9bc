using Tsdb.Model.Labels;
using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Results;

/// <summary>One series of a result. Valid until its <see cref="QueryResult"/> is disposed.</summary>
public sealed class ResultSeries
{
    private readonly StepGrid _grid;
    private readonly SeriesColumn? _column;
    private readonly long[] _timestampsNs;
    private readonly double[] _values;

    internal ResultSeries(LabelSet labels, SeriesColumn column, StepGrid grid)
    {
        Labels = labels;
        _column = column;
        _grid = grid;
        _timestampsNs = [];
        _values = [];
        PointCount = column.Presence.CountSet();
    }

    internal ResultSeries(LabelSet labels, long[] timestampsNs, double[] values)
    {
        Labels = labels;
        _timestampsNs = timestampsNs;
        _values = values;
        PointCount = values.Length;
    }

    /// <summary>The labels; without <c>__name__</c> where the query dropped it.</summary>
    public LabelSet Labels { get; }

    /// <summary>How many points there are; at least one.</summary>
    public int PointCount { get; }

    /// <summary>The points in time order: <c>foreach (ResultPoint point in series)</c> allocates nothing.</summary>
    public PointEnumerator GetEnumerator() => new(this);

    internal SeriesColumn? Column => _column;

    /// <summary>Walks over the points of a series.</summary>
    public struct PointEnumerator
    {
        private readonly ResultSeries _series;
        private int _position;

        internal PointEnumerator(ResultSeries series)
        {
            _series = series;
            _position = -1;
        }

        /// <summary>The current point.</summary>
        public readonly ResultPoint Current => _series._column is { } column
            ? new ResultPoint(_position, _series._grid.TimeNs(_position), column.Values[_position])
            : new ResultPoint(-1, _series._timestampsNs[_position], _series._values[_position]);

        /// <summary>Goes to the next point; false when there are no more.</summary>
        public bool MoveNext()
        {
            _position = _series._column is { } column ? column.Presence.NextSet(_position + 1)
                : _position + 1 < _series._values.Length ? _position + 1
                : -1;
            return _position >= 0;
        }
    }
}

using Tsdb.Query.Planning;

namespace Tsdb.Query.Results;

/// <summary>What a query gave. Dispose it to give its memory back for reuse; without, it is merely collected later. Not thread-safe.</summary>
public sealed class QueryResult : IDisposable
{
    private readonly StepGrid _grid;
    private readonly ColumnPool _columns;
    private bool _isDisposed;

    internal QueryResult(QueryResultKind kind, StepGrid grid, IReadOnlyList<ResultSeries> series, QueryContext context)
    {
        Kind = kind;
        _grid = grid;
        Series = series;
        Warnings = context.Annotations.Warnings;
        Infos = context.Annotations.Infos;
        Statistics = context.Statistics;
        _columns = context.Columns;
    }

    /// <summary>What the result is.</summary>
    public QueryResultKind Kind { get; }

    /// <summary>How many steps the query had; 1 for an instant query.</summary>
    public int StepCount => _grid.Count;

    /// <summary>The time of a step, milliseconds since the Unix epoch; an instant query's only step is its time.</summary>
    public long StepTimeMs(int step) => _grid.TimeMs(step);

    /// <summary>The number of a <see cref="QueryResultKind.Scalar"/>.</summary>
    public double Scalar { get; internal init; }

    /// <summary>The text of a <see cref="QueryResultKind.String"/>.</summary>
    public string Text { get; internal init; } = "";

    /// <summary>
    /// The series of a vector or a matrix, each label set once. Those of a matrix are sorted by labels, and so are those of a vector, unless the
    /// query asks for an order of its own (<c>sort</c>, <c>topk</c>).
    /// </summary>
    public IReadOnlyList<ResultSeries> Series { get; }

    /// <summary>True when there were more series than the limit asked for, and some were left out.</summary>
    public bool IsTruncated { get; internal init; }

    /// <summary>Things that are probably wrong with the query or its data, each with its position in the query.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Things that may be unexpected, each with its position in the query.</summary>
    public IReadOnlyList<string> Infos { get; }

    /// <summary>What the query cost.</summary>
    public QueryStatistics Statistics { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (ResultSeries series in Series)
        {
            if (series.Column is { } column)
            {
                _columns.Return(column);
            }
        }

        _columns.Clear();
    }
}

using Tsdb.Model.Reading;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>Two sources that have no series in common, as one.</summary>
internal sealed class JoinedSeriesSource(ISeriesSource first, ISeriesSource second) : ISeriesSource
{
    public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken) =>
        new JoinedCursor(first.Select(selection, cancellationToken), second.Select(selection, cancellationToken));

    public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Queries do not ask for label names.");

    public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Queries do not ask for label values.");

    private sealed class JoinedCursor(ISeriesCursor first, ISeriesCursor second) : ISeriesCursor
    {
        private bool _isFirstDone;

        public int CountEstimate => first.CountEstimate + second.CountEstimate;

        public ReadOnlySpan<byte> Labels => Current.Labels;

        public IColumnReader Columns => Current.Columns;

        private ISeriesCursor Current => _isFirstDone ? second : first;

        public bool MoveNext()
        {
            _isFirstDone = _isFirstDone || !first.MoveNext();
            return !_isFirstDone || second.MoveNext();
        }

        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}

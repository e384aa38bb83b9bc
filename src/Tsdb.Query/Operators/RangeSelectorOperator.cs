using Tsdb.Model.Matching;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A range selector: at each step the samples in (t - range, t], without staleness markers.</summary>
internal sealed class RangeSelectorOperator : RangeOperator
{
    private readonly SeriesReader _reader;

    /// <summary>Creates a selector over the windows of a grid.</summary>
    public RangeSelectorOperator(QueryContext context, IReadOnlyList<LabelMatcher> matchers, WindowGrid windows)
        : base(windows) => _reader = new SeriesReader(context, matchers, windows.SampleRange);

    /// <inheritdoc/>
    public override bool MoveNext(RangeSeries series)
    {
        do
        {
            if (!_reader.MoveNext(series.Samples, keepsStalenessMarkers: false))
            {
                return false;
            }
        }
        while (series.Samples.Count == 0);

        series.Labels.Set(_reader.Labels);
        series.DropsName = false;
        series.Bounds.Update(series.Samples);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.Dispose();
}

using Tsdb.Model.Matching;
using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>An instant selector with <c>smoothed</c>: at each step the value on the line between the samples around it.</summary>
/// <remarks>Samples further away than the lookback do not count. After the last sample its value holds; before the first there is none.</remarks>
internal sealed class SmoothedSelectorOperator : VectorOperator
{
    private readonly WindowGrid _windows;
    private readonly SeriesReader _reader;
    private readonly SampleBuffer _samples;

    /// <summary>Creates a selector.</summary>
    /// <param name="context">The query.</param>
    /// <param name="matchers">Which series.</param>
    /// <param name="windows">Where each step looks; length and reach are the lookback.</param>
    public SmoothedSelectorOperator(QueryContext context, IReadOnlyList<LabelMatcher> matchers, WindowGrid windows)
        : base(context, windows.Grid)
    {
        _windows = windows;
        _reader = new SeriesReader(context, matchers, windows.SampleRange);
        _samples = new SampleBuffer(context);
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (!_reader.MoveNext(_samples, keepsStalenessMarkers: false))
        {
            return false;
        }

        series.Labels.Set(_reader.Labels);
        series.DropsName = false;
        series.Column.Presence.Clear();
        int next = 0; // the first sample at or after the step
        for (int step = 0; step < Grid.Count; step++)
        {
            long timeNs = _windows.EndNs(step);
            while (next < _samples.Count && _samples.TimestampsNs[next] < timeNs)
            {
                next++;
            }

            if (TryPick(next, timeNs, out double value))
            {
                series.Column.Set(step, value);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        _samples.Dispose();
    }

    private bool TryPick(int next, long timeNs, out double value)
    {
        ReadOnlySpan<long> timestampsNs = _samples.TimestampsNs;
        ReadOnlySpan<double> values = _samples.Values;
        value = 0;
        if (next < timestampsNs.Length && timestampsNs[next] == timeNs)
        {
            value = values[next];
            return true;
        }

        if (next == 0 || timeNs - timestampsNs[next - 1] >= _windows.ReachNs)
        {
            return false;
        }

        bool hasNext = next < timestampsNs.Length && timestampsNs[next] - timeNs <= _windows.ReachNs;
        value = hasNext ? Interpolation.At(timestampsNs, values, next, timeNs, isCounter: false) : values[next - 1];
        return true;
    }
}

using Tsdb.Model.Matching;
using Tsdb.Model.Samples;
using Tsdb.Query.Functions;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>An instant selector: at each step the latest sample in (t - lookback, t], or nothing where that is a staleness marker.</summary>
internal sealed class InstantSelectorOperator : VectorOperator
{
    private readonly SeriesReader _reader;
    private readonly SampleBuffer _samples;
    private readonly WindowBounds _bounds;
    private readonly SelectorYield _yield;

    /// <summary>Creates a selector.</summary>
    /// <param name="context">The query.</param>
    /// <param name="matchers">Which series.</param>
    /// <param name="windows">Where each step looks; the window's length is the lookback.</param>
    /// <param name="yield">What is given of each sample.</param>
    public InstantSelectorOperator(QueryContext context, IReadOnlyList<LabelMatcher> matchers, WindowGrid windows, SelectorYield yield)
        : base(context, windows.Grid)
    {
        _reader = new SeriesReader(context, matchers, windows.SampleRange);
        _samples = new SampleBuffer(context);
        _bounds = new WindowBounds(windows);
        _yield = yield;
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        do
        {
            if (!_reader.MoveNext(_samples, keepsStalenessMarkers: true))
            {
                return false;
            }
        }
        while (_samples.Count == 0);

        series.Labels.Set(_reader.Labels);
        series.DropsName = _yield != SelectorYield.Values;
        _bounds.Update(_samples);
        PickLatest(series.Column);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        _samples.Dispose();
    }

    // Presence is put together a word of steps at a time, in a register.
    private void PickLatest(SeriesColumn column)
    {
        ReadOnlySpan<double> values = _samples.Values;
        Span<double> picked = column.Values;
        ReadOnlySpan<int> first = _bounds.First[..picked.Length];
        ReadOnlySpan<int> end = _bounds.End[..picked.Length];
        Span<ulong> words = column.Presence.Words;
        for (int word = 0; word < words.Length; word++)
        {
            ulong bits = 0;
            int stop = Math.Min((word + 1) * 64, picked.Length);
            for (int step = word * 64; step < stop; step++)
            {
                int latest = end[step] - 1;
                if (latest >= first[step] && !StalenessMarker.Is(values[latest]))
                {
                    picked[step] = values[latest];
                    bits |= 1UL << step;
                }
            }

            words[word] = bits;
        }

        if (_yield == SelectorYield.Timestamps)
        {
            ReplaceByTimestamps(column, _samples.TimestampsNs);
        }
        else if (_yield == SelectorYield.StartTimestamps)
        {
            ReplaceByTimestamps(column, _samples.StartTimestampsNs);
        }
    }

    private void ReplaceByTimestamps(SeriesColumn column, ReadOnlySpan<long> timestampsNs)
    {
        PresenceBitmap presence = column.Presence;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            column.Values[step] = timestampsNs.IsEmpty ? 0 : SampleTime.ToSeconds(timestampsNs[_bounds.End[step] - 1]);
        }
    }
}

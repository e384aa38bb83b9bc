using Tsdb.Model.Time;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Operators;

/// <summary>Which samples of a series each step's window holds: indexes [first, end) a step.</summary>
/// <remarks>Computed once for all series with equal timestamp columns, which series scraped together have.</remarks>
internal sealed class WindowBounds
{
    private readonly WindowGrid _windows;
    private readonly long[] _endsNs;
    private readonly long[] _startsNs;
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly TimestampColumnKey _key = new();

    /// <summary>Prepares bounds for the windows of a grid.</summary>
    public WindowBounds(WindowGrid windows)
    {
        _windows = windows;
        _first = new int[windows.Count];
        _end = new int[windows.Count];
        _endsNs = new long[windows.Count];
        _startsNs = new long[windows.Count];
        for (int step = 0; step < windows.Count; step++)
        {
            _endsNs[step] = windows.EndNs(step);
            _startsNs[step] = windows.StartNs(step);
        }
    }

    /// <summary>Index of the first sample of each step's window.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>Index after the last sample of each step's window; equal to the first when the window is empty.</summary>
    public ReadOnlySpan<int> End => _end;

    /// <summary>The instant before each step's window.</summary>
    public ReadOnlySpan<long> StartsNs => _startsNs;

    /// <summary>The last instant of each step's window.</summary>
    public ReadOnlySpan<long> EndsNs => _endsNs;

    /// <summary>The length of every window.</summary>
    public long LengthNs => _windows.LengthNs;

    /// <summary>Changes whenever the bounds are computed anew; while it stays, the series have equal timestamps.</summary>
    public int Version { get; private set; }

    /// <summary>Computes the bounds for the samples in the buffer, unless those of the series before serve.</summary>
    public void Update(SampleBuffer samples)
    {
        if (_key.Matches(samples.Key))
        {
            return;
        }

        Version++;
        _key.CopyFrom(samples.Key);
        ReadOnlySpan<long> timestampsNs = samples.TimestampsNs;
        int first = 0;
        int end = 0;
        for (int step = 0; step < _first.Length; step++)
        {
            long endNs = _endsNs[step];
            while (end < timestampsNs.Length && timestampsNs[end] <= endNs)
            {
                end++;
            }

            long startNs = _startsNs[step];
            while (first < end && timestampsNs[first] <= startNs)
            {
                first++;
            }

            _first[step] = first;
            _end[step] = end;
        }

        if (_windows.Edges != RangeEdges.Plain)
        {
            WidenToEdges(timestampsNs);
        }
    }

    // Takes in the last sample before the window and, when the far edge is smoothed, the first one after it.
    private void WidenToEdges(ReadOnlySpan<long> timestampsNs)
    {
        bool isSmoothed = _windows.Edges == RangeEdges.Smoothed;
        for (int step = 0; step < _first.Length; step++)
        {
            int first = _first[step];
            int end = _end[step];
            long startNs = _startsNs[step];
            long endNs = _endsNs[step];
            if (first > 0 && timestampsNs[first - 1] > Timestamps.AddSaturating(startNs, -_windows.ReachNs))
            {
                first--;
            }

            bool endsAtEdge = end > 0 && timestampsNs[end - 1] == endNs;
            if (isSmoothed && !endsAtEdge && end < timestampsNs.Length
                && timestampsNs[end] <= Timestamps.AddSaturating(endNs, _windows.ReachNs))
            {
                end++;
            }

            // Samples on one side of the window alone say nothing about it.
            bool isOneSided = first >= end || timestampsNs[end - 1] <= startNs || timestampsNs[first] > endNs;
            _first[step] = first;
            _end[step] = isOneSided ? first : end;
        }
    }
}

namespace Tsdb.Query.Operators;

/// <summary>Which samples of a series each step's window holds: indexes [first, end) a step.</summary>
/// <remarks>Computed once for all series with equal timestamp columns, which series scraped together have.</remarks>
internal sealed class WindowBounds
{
    private readonly WindowGrid _windows;
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly TimestampColumnKey _key = new();

    /// <summary>Prepares bounds for the windows of a grid.</summary>
    public WindowBounds(WindowGrid windows)
    {
        _windows = windows;
        _first = new int[windows.Count];
        _end = new int[windows.Count];
    }

    /// <summary>Index of the first sample of each step's window.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>Index after the last sample of each step's window; equal to the first when the window is empty.</summary>
    public ReadOnlySpan<int> End => _end;

    /// <summary>Computes the bounds for the samples in the buffer, unless those of the series before serve.</summary>
    public void Update(SampleBuffer samples)
    {
        if (_key.Matches(samples.Key))
        {
            return;
        }

        _key.CopyFrom(samples.Key);
        ReadOnlySpan<long> timestampsNs = samples.TimestampsNs;
        int first = 0;
        int end = 0;
        for (int step = 0; step < _first.Length; step++)
        {
            long endNs = _windows.EndNs(step);
            long startNs = _windows.StartNs(step);
            while (end < timestampsNs.Length && timestampsNs[end] <= endNs)
            {
                end++;
            }

            while (first < end && timestampsNs[first] <= startNs)
            {
                first++;
            }

            _first[step] = first;
            _end[step] = end;
        }
    }
}

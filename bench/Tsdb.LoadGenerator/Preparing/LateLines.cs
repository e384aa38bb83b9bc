namespace Tsdb.LoadGenerator.Preparing;

/// <summary>Holds some lines back, by up to a given time of the data, so that they come late and out of order. The same for the same seed.</summary>
/// <param name="fraction">How many lines are held back, 0 to 1.</param>
/// <param name="maxDelayNs">By how much at most, in nanoseconds of the lines' timestamps.</param>
/// <param name="seed">Decides which and by how much.</param>
internal sealed class LateLines(double fraction, long maxDelayNs, int seed)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<byte[], long> _held = new(); // by the time at which they come

    /// <summary>The lines in the order in which they come: those of <paramref name="lines"/>, each once.</summary>
    public IEnumerable<byte[]> Reorder(IEnumerable<byte[]> lines)
    {
        foreach (byte[] line in lines)
        {
            long nowNs = GeneratedLine.Parse(line).TimestampNs;
            while (_held.TryPeek(out _, out long dueNs) && dueNs <= nowNs)
            {
                yield return _held.Dequeue();
            }

            if (_random.NextDouble() < fraction)
            {
                _held.Enqueue(line, nowNs + _random.NextInt64(1, Math.Max(2, maxDelayNs)));
            }
            else
            {
                yield return line;
            }
        }

        while (_held.TryDequeue(out byte[]? line, out _))
        {
            yield return line;
        }
    }
}

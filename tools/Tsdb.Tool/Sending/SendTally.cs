namespace Tsdb.Tool.Sending;

/// <summary>What was sent so far, and what the server did not take. Safe for concurrent use.</summary>
internal sealed class SendTally
{
    private const int MaxErrors = 20;

    private readonly Lock _gate = new();
    private readonly List<string> _errors = []; // guarded by _gate
    private long _lines;
    private long _samples;
    private long _bytes;
    private long _retries;
    private long _partialRequests;

    /// <summary>Lines that arrived.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    /// <summary>Samples that arrived, as far as they were counted.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <summary>Bytes that arrived.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Requests sent again because the server was busy.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Requests of which the server refused lines.</summary>
    public long PartialRequests => Interlocked.Read(ref _partialRequests);

    /// <summary>The first of the server's reasons for refusing.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>Counts a chunk that arrived.</summary>
    public void AddSent(TextChunk chunk)
    {
        Interlocked.Add(ref _lines, chunk.LineCount);
        Interlocked.Add(ref _samples, chunk.SampleCount);
        Interlocked.Add(ref _bytes, chunk.Text.Length);
    }

    /// <summary>Counts a request that was sent again.</summary>
    public void AddRetry() => Interlocked.Increment(ref _retries);

    /// <summary>Counts a request of which lines were refused.</summary>
    public void AddPartial(IEnumerable<string> reasons)
    {
        Interlocked.Increment(ref _partialRequests);
        lock (_gate)
        {
            _errors.AddRange(reasons.Take(MaxErrors - _errors.Count));
        }
    }
}

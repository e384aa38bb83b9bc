namespace Tsdb.LoadGenerator.Sending;

/// <summary>What came of sending. Not thread-safe: one a connection, merged at the end.</summary>
internal sealed class SendResult
{
    /// <summary>How long each request took, from its first byte to the end of its answer.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Answers by status.</summary>
    public SortedDictionary<int, long> Statuses { get; } = [];

    /// <summary>Samples of the requests that were answered 2xx.</summary>
    public long AcceptedSamples { get; set; }

    /// <summary>Bytes of their bodies.</summary>
    public long AcceptedBytes { get; set; }

    /// <summary>The first refusal's body, or empty.</summary>
    public string FirstRefusal { get; set; } = "";

    /// <summary>Adds what another connection saw.</summary>
    public void Merge(SendResult other)
    {
        Latencies.Merge(other.Latencies);
        AcceptedSamples += other.AcceptedSamples;
        AcceptedBytes += other.AcceptedBytes;
        FirstRefusal = FirstRefusal.Length > 0 ? FirstRefusal : other.FirstRefusal;
        foreach ((int status, long count) in other.Statuses)
        {
            Statuses[status] = Statuses.GetValueOrDefault(status) + count;
        }
    }
}

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Which message of Prometheus remote write a body holds.</summary>
public enum RemoteWriteVersion
{
    /// <summary>Remote write 1.0: <c>prometheus.WriteRequest</c>, labels as text.</summary>
    V1,

    /// <summary>Remote write 2.0: <c>io.prometheus.write.v2.Request</c>, labels as references to a table of symbols.</summary>
    V2,
}

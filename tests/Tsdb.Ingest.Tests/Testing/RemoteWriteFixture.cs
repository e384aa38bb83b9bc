using System.Diagnostics.Metrics;
using Tsdb.Ingest.RemoteWrite;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>A remote writer over a <see cref="FakeAppender"/>.</summary>
public sealed class RemoteWriteFixture : IDisposable
{
    private readonly Meter _meter = new("test");

    public RemoteWriteFixture(RemoteWriteOptions? options = null, bool keepsSamples = true)
    {
        Appender = new FakeAppender(keepsSamples: keepsSamples);
        Writer = new RemoteWriter(Appender, Metadata, options ?? new RemoteWriteOptions(), new IngestMetrics(_meter));
    }

    public FakeAppender Appender { get; }

    public FakeMetadataStore Metadata { get; } = new();

    public RemoteWriter Writer { get; }

    public RemoteWriteReport WriteV1(byte[] message) => Write(message, RemoteWriteVersion.V1);

    public RemoteWriteReport WriteV2(byte[] message) => Write(message, RemoteWriteVersion.V2);

    // Nothing in the fakes waits, so every write completes at once.
    public RemoteWriteReport Write(byte[] message, RemoteWriteVersion version) =>
        Writer.WriteAsync(message, new RemoteWriteRequest(version), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _meter.Dispose();
}

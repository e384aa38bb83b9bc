using Tsdb.Ingest.RemoteWrite;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Testing.RemoteWrite;
using MetricTypeV2 = Tsdb.Testing.RemoteWrite.V2.Metadata.Types.MetricType;

namespace Tsdb.Ingest.Tests.RemoteWrite;

/// <summary>Known series must cost no memory: exact where time is noisy.</summary>
public sealed class RemoteWriteAllocationTests
{
    [Test]
    public void Write_KnownSeries_AllocatesNothingPerSample([Values] RemoteWriteVersion version)
    {
        using var fixture = new RemoteWriteFixture(keepsSamples: false);
        byte[] few = Message(version, 10);
        byte[] many = Message(version, 1000);
        for (int i = 0; i < 3; i++)
        {
            fixture.Write(few, version);
            fixture.Write(many, version);
        }

        var request = new RemoteWriteRequest(version);
        Assert.That(Allocated(fixture, many, request), Is.EqualTo(Allocated(fixture, few, request)));
    }

    private static byte[] Message(RemoteWriteVersion version, int series)
    {
        var v1 = new V1Message();
        var v2 = new V2Message();
        for (int i = 0; i < series; i++)
        {
            (string, string)[] labels = [("__name__", "http_requests_total"), ("code", "200"), ("instance", $"host{i}:9090")];
            v1.Series([(i, i), (i + 1, i)], labels);
            v2.Series(i, i, labels).Metadata(MetricTypeV2.Counter, "Requests.", "");
        }

        return version == RemoteWriteVersion.V1 ? v1.Bytes : v2.Bytes;
    }

    private static long Allocated(RemoteWriteFixture fixture, byte[] message, RemoteWriteRequest request)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(fixture.Writer.WriteAsync(message, request, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

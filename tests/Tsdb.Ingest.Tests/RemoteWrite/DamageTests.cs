using Tsdb.Ingest.RemoteWrite;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Testing.RemoteWrite;
using MetricTypeV1 = Tsdb.Testing.RemoteWrite.V1.MetricMetadata.Types.MetricType;
using MetricTypeV2 = Tsdb.Testing.RemoteWrite.V2.Metadata.Types.MetricType;

namespace Tsdb.Ingest.Tests.RemoteWrite;

/// <summary>Whatever arrives is read or refused: nothing crashes, hangs, or takes memory out of proportion.</summary>
public sealed class DamageTests
{
    private static byte[] Whole(RemoteWriteVersion version) => version == RemoteWriteVersion.V1
        ? new V1Message()
            .Series([(1, 1), (2, double.NaN)], ("__name__", "up"), ("job", "a"))
            .Series(3, 3, ("__name__", "down"), ("job", "b"))
            .Metadata("up", MetricTypeV1.Gauge, "Up.", "s")
            .Bytes
        : new V2Message()
            .Series([(1, 1), (2, double.NaN)], ("__name__", "up"), ("job", "a"))
            .Series(3, 3, ("__name__", "down"), ("job", "b")).Metadata(MetricTypeV2.Gauge, "Up.", "s")
            .Bytes;

    [Test]
    public void Write_EveryTruncation_IsReadOrRefused([Values] RemoteWriteVersion version)
    {
        byte[] whole = Whole(version);
        for (int length = 0; length < whole.Length; length++)
        {
            ReadOrRefuse(whole[..length], version);
        }
    }

    [Test]
    public void Write_EveryFlippedBit_IsReadOrRefused([Values] RemoteWriteVersion version)
    {
        byte[] whole = Whole(version);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadOrRefuse(damaged, version);
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Write_AnyBytes_AreReadOrRefused(byte[] bytes, bool isV1) => ReadOrRefuse(bytes, isV1 ? RemoteWriteVersion.V1 : RemoteWriteVersion.V2);

    [TestCase(new byte[] { 0x0A }, TestName = "a series without length")]
    [TestCase(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 }, TestName = "a series longer than everything")]
    [TestCase(new byte[] { 0x00, 0x00 }, TestName = "field number 0")]
    [TestCase(new byte[] { 0x3B, 0x3C }, TestName = "a group")]
    [TestCase(new byte[] { 0x3F, 0x00 }, TestName = "wire type 7")]
    [TestCase(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 }, TestName = "a varint without end")]
    [TestCase(new byte[] { 0x0A, 2, 0x12, 5 }, TestName = "a sample longer than its series")]
    [TestCase(new byte[] { 0x0A, 4, 0x0A, 2, 0x0A, 9 }, TestName = "a label name longer than its label")]
    public void Write_MalformedV1_SaysWhere(byte[] message)
    {
        using var fixture = new RemoteWriteFixture();
        Assert.That(
            () => fixture.WriteV1(message),
            Throws.TypeOf<MalformedMessageException>().With.Message.Contains("remote write 1.0").And.Message.Contains($"of {message.Length}").And.Message.Contains("0 samples were written"));
    }

    [Test]
    public void Write_MalformedAtItsEnd_WritesNothingBefore([Values] RemoteWriteVersion version)
    {
        using var fixture = new RemoteWriteFixture();
        byte[] message = [.. Whole(version), 0x0A, 5];

        Assert.That(() => fixture.Write(message, version), Throws.TypeOf<MalformedMessageException>());
        fixture.Write(Whole(version), version);

        Assert.That(fixture.Appender.Appended, Has.Count.EqualTo(3), "only of the whole message");
    }

    private static void ReadOrRefuse(byte[] bytes, RemoteWriteVersion version)
    {
        using var fixture = new RemoteWriteFixture();
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            fixture.Write(bytes, version);
        }
        catch (MalformedMessageException)
        {
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }
}

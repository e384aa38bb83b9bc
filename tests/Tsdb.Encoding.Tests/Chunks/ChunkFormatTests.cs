using Tsdb.Encoding.Chunks;
using Tsdb.Encoding.Raw;
using Tsdb.Encoding.Tests.Gorilla;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Testing.Files;

namespace Tsdb.Encoding.Tests.Chunks;

/// <summary>The worked examples of docs/formats.md, section Chunks: these bytes must be read for ever.</summary>
public sealed class ChunkFormatTests
{
    private const string GorillaHex =
        "00 00 01 8b cf e5 68 00 3f f8 00 00 00 00 00 00\n" +
        "e0 13 88 18 4c ff f8 1d ff ec 3f 40 08 00 00 00 00 00 02";

    private const string RawHex = "00 ca 9a 3b 00 00 00 00 00 00 00 00 00 00 f8 3f 00 94 35 77 00 00 00 00 00 00 00 00 00 00 00 80";

    private static string Document => File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "formats.md")).ReplaceLineEndings("\n");

    private static readonly Sample[] GorillaSamples =
    [
        new(1_700_000_000_000 * Timestamps.NsPerMillisecond, 1.5),
        new(1_700_000_010_000 * Timestamps.NsPerMillisecond, 1.5),
        new(1_700_000_020_000 * Timestamps.NsPerMillisecond, 2.0),
        new(1_700_000_030_003 * Timestamps.NsPerMillisecond, 1.5),
        new(1_700_000_040_006 * Timestamps.NsPerMillisecond, StalenessMarker.Value),
    ];

    private static readonly Sample[] RawSamples = [new(Timestamps.NsPerSecond, 1.5), new(2 * Timestamps.NsPerSecond, -0.0)];

    private static IEnumerable<TestCaseData> Examples()
    {
        yield return new TestCaseData(ChunkCodec.Gorilla, GorillaHex, GorillaSamples).SetArgDisplayNames("gorilla");
        yield return new TestCaseData(ChunkCodec.Raw, RawHex, RawSamples).SetArgDisplayNames("raw");
    }

    [TestCaseSource(nameof(Examples))]
    public void Encode_WorkedExample_GivesTheDocumentedBytes(ChunkCodec codec, string hex, Sample[] samples) =>
        Assert.That(Encode(codec, samples), Is.EqualTo(Bytes(hex)));

    [TestCaseSource(nameof(Examples))]
    public void TryDecode_WorkedExample_GivesTheDocumentedSamples(ChunkCodec codec, string hex, Sample[] samples)
    {
        long[] timestampsNs = new long[samples.Length];
        double[] values = new double[samples.Length];

        Assert.That(ChunkDecoder.TryDecode(codec, Bytes(hex), TimeUnit.Milliseconds, samples.Length, timestampsNs, values), Is.True);
        Assert.That(timestampsNs.Zip(values, (timestampNs, value) => new Sample(timestampNs, value)), Is.EqualTo(samples));
    }

    [TestCaseSource(nameof(Examples))]
    public void FormatsDocument_WorkedExample_HasTheseBytes(ChunkCodec codec, string hex, Sample[] samples)
    {
        Assert.That(Document, Does.Contain(hex));
        Assert.That(Document, Does.Contain($"| {(byte)codec} | {codec.ToString().ToLowerInvariant()} |"), $"codec of {samples.Length} samples");
    }

    [TestCase(TimeUnit.Nanoseconds, 0)]
    [TestCase(TimeUnit.Microseconds, 1)]
    [TestCase(TimeUnit.Milliseconds, 2)]
    [TestCase(TimeUnit.Seconds, 3)]
    public void TimeUnit_Byte_IsTheDocumentedOne(TimeUnit unit, byte expected)
    {
        Assert.That((byte)unit, Is.EqualTo(expected));
        Assert.That(Document, Does.Contain($"{expected} {unit.ToString().ToLowerInvariant()}"));
    }

    private static byte[] Encode(ChunkCodec codec, Sample[] samples)
    {
        if (codec == ChunkCodec.Gorilla)
        {
            return EncodedChunk.Of(samples).Payload;
        }

        byte[] chunk = new byte[RawChunk.LengthOf(samples.Length)];
        RawChunk.Write(chunk, [.. samples.Select(sample => sample.TimestampNs)], [.. samples.Select(sample => sample.Value)]);
        return chunk;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "").Replace("\n", ""));
}

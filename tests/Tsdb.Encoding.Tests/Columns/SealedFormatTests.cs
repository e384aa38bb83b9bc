using Tsdb.Encoding.Columns;
using Tsdb.Encoding.Entropy;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Testing.Files;

namespace Tsdb.Encoding.Tests.Columns;

/// <summary>The worked examples of docs/formats.md, section Sealed columns: these bytes must be read for ever.</summary>
public sealed class SealedFormatTests
{
    private const long StartNs = 1_700_000_000 * Timestamps.NsPerSecond;

    private static string Document => File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "formats.md")).ReplaceLineEndings("\n");

    /// <summary>Codes of 2, 1, 3 and 3 bits for the classes 7, 8, 9 and 16.</summary>
    private static CodebookSet Codebooks
    {
        get
        {
            byte[] stored = new byte[1 + Codebook.LengthBytes];
            (stored[0], stored[1 + 3], stored[1 + 4], stored[1 + 8]) = (1, 0x20, 0x31, 0x03);
            Assert.That(CodebookSet.TryRead(stored, out CodebookSet? set), Is.True);
            return set!;
        }
    }

    private static IEnumerable<TestCaseData> Columns()
    {
        double next = Math.BitIncrement(Math.PI);
        yield return Column(ChunkCodec.Arithmetic, "01 1e 0a", 1.5, 2, 2.5);
        yield return Column(ChunkCodec.Runs, "40 0e 02 00 01 ff 00 ce 0f 03", [.. Enumerable.Repeat(7.0, 1000), .. Enumerable.Repeat(9.0, 1000)]);
        yield return Column(
            ChunkCodec.DecimalHuffman,
            "81 32 00 00 08 16 87 82 c1 82 30 04 02 02 0b 06 00 00 00 00 00 00 00 80",
            2.5, 2.5, 2.6, 2.5, 2.5, StalenessMarker.Value, 3.4, 3.4, 3.4, -0.0, 3.4, 3.3, 3.2, 3.2, 3.2, 3.2, 3.2, 3.3, 3.3, 3.3,
            3.3, 3.3, 3.4, 3.3, 3.3, 3.3, 3.3, 3.3, 3.2, 3.2, 3.2, 3.2, 3.3, 3.3, 3.3, 3.3, 3.2, 3.2, 3.2, 3.2);
        yield return Column(ChunkCodec.DecimalFrames, "30 02 04 0b 82 02 01 f1 03 04 b2 91 02 f8 02", 1, 3, 1000, 5, 7, 70000);
        yield return Column(ChunkCodec.SplitDoubles, "5f e0 e8 c2 88 d5 fd a1 12 02 00 00 02 86 0d", Math.PI, Math.PI, next, Math.PI, Math.PI, Math.PI, next, next);
    }

    private static IEnumerable<TestCaseData> TimestampColumns()
    {
        long[] regular = [.. Enumerable.Range(0, 3).Select(i => StartNs + (i * 10 * Timestamps.NsPerSecond))];
        long[] late = [.. Enumerable.Range(0, 12).Select(i => StartNs + (i * 10 * Timestamps.NsPerSecond) + (i % 5 == 1 ? Timestamps.NsPerMillisecond : 0))];
        yield return new TestCaseData("02 03 80 c4 9f d5 0c 14", regular).SetArgDisplayNames("regular");
        yield return new TestCaseData("04 32 80 a0 ab fe f9 62 a0 9c 01 00 03 83 c1 00", late).SetArgDisplayNames("late");
    }

    [TestCaseSource(nameof(Columns))]
    public void Encode_WorkedExample_GivesTheDocumentedBytes(ChunkCodec codec, string hex, double[] values)
    {
        Encoded encoded = Encoded.With(Codebooks, values);

        Assert.That((encoded.Codec, Hex(encoded.Payload)), Is.EqualTo((codec, hex)));
        Assert.That(Document, Does.Contain($"\n{hex}\n"));
    }

    [TestCaseSource(nameof(Columns))]
    public void TryDecode_WorkedExample_GivesTheDocumentedValues(ChunkCodec codec, string hex, double[] values) =>
        Assert.That(Encoded.Bits(new Encoded(codec, Bytes(hex), Codebooks, values.Length).Decode()!), Is.EqualTo(Encoded.Bits(values)));

    [TestCaseSource(nameof(TimestampColumns))]
    public void Encode_WorkedExampleOfTimestamps_GivesTheDocumentedBytes(string hex, long[] timestampsNs)
    {
        byte[] buffer = new byte[TimestampColumnEncoder.MaxLengthOf(timestampsNs.Length)];
        int length = new TimestampColumnEncoder(Codebooks).Encode(timestampsNs, buffer);

        Assert.That(Hex(buffer[..length]), Is.EqualTo(hex));
        Assert.That(Document, Does.Contain($"\n{hex}\n"));
    }

    [TestCaseSource(nameof(TimestampColumns))]
    public void TryDecode_WorkedExampleOfTimestamps_GivesThem(string hex, long[] timestampsNs)
    {
        long[] decoded = new long[timestampsNs.Length];

        Assert.That(TimestampColumnDecoder.TryDecode(Bytes(hex), Codebooks, decoded), Is.True);
        Assert.That(decoded, Is.EqualTo(timestampsNs));
    }

    private static TestCaseData Column(ChunkCodec codec, string hex, params double[] values) =>
        new TestCaseData(codec, hex, values).SetArgDisplayNames(codec.ToString());

    private static string Hex(byte[] bytes) => string.Join(' ', bytes.Select(b => b.ToString("x2", null)));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}

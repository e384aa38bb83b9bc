using Tsdb.Encoding.Chunks;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Tests.Chunks;

public sealed class ChunkDecoderTests
{
    [TestCase(ChunkCodec.Raw, 1_000_000_000)]
    [TestCase(ChunkCodec.Gorilla, 1_000_000)]
    public void TryDecode_KnownCodec_ReadsItsForm(ChunkCodec codec, long expectedNs)
    {
        byte[] bytes = codec == ChunkCodec.Raw
            ? Convert.FromHexString("00CA9A3B00000000" + "000000000000F83F")
            : Convert.FromHexString("0000000000000001" + "3FF8000000000000");
        long[] timestampsNs = new long[1];
        double[] values = new double[1];

        Assert.That(ChunkDecoder.TryDecode(codec, bytes, TimeUnit.Milliseconds, 1, timestampsNs, values), Is.True);
        Assert.That((timestampsNs[0], values[0]), Is.EqualTo((expectedNs, 1.5)));
    }

    [TestCase(2)] // values alone: they need the block's codebooks
    [TestCase(255)]
    public void TryDecode_UnknownCodec_IsRefused(byte codec) =>
        Assert.That(ChunkDecoder.TryDecode((ChunkCodec)codec, new byte[64], TimeUnit.Seconds, 1, new long[1], new double[1]), Is.False);
}

using Snappier;
using Tsdb.Ingest.RemoteWrite;

namespace Tsdb.Ingest.Tests.RemoteWrite;

public sealed class SnappyBlockTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Decode_AnyBytesEncoded_GivesThemBack(byte[] bytes, byte repeats)
    {
        byte[] text = [.. Enumerable.Repeat(bytes, repeats % 50).SelectMany(part => part)];
        byte[] block = Snappy.CompressToArray(text);
        byte[] decoded = new byte[SnappyBlock.ReadDecodedLength(block)];
        SnappyBlock.Decode(block, decoded);
        return decoded.AsSpan().SequenceEqual(text) && block.Length <= SnappyBlock.MaxBlockBytes(text.Length);
    }

    [Test]
    public void ReadDecodedLength_OfTheDensestBlock_IsBelieved()
    {
        byte[] block = Snappy.CompressToArray(new byte[1 << 20]);
        Assert.That(SnappyBlock.ReadDecodedLength(block), Is.EqualTo(1 << 20));
    }

    [TestCase(new byte[0], "does not begin with a length", TestName = "nothing")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "does not begin with a length", TestName = "a length beyond 32 bits")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0x0F, 0x00 }, "cannot decode to the 33554431 bytes", TestName = "a length out of proportion")]
    public void ReadDecodedLength_OfNoBlock_Throws(byte[] block, string reason) =>
        Assert.That(() => SnappyBlock.ReadDecodedLength(block), Throws.TypeOf<MalformedMessageException>().With.Message.Contains(reason));

    [Test]
    public void Decode_EveryTruncationAndFlippedBit_IsDecodedOrRefused()
    {
        byte[] block = Snappy.CompressToArray([.. Enumerable.Range(0, 400).Select(i => (byte)(i % 7 * i))]);
        for (int i = 0; i < block.Length; i++)
        {
            DecodeOrRefuse(block[..i]);
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. block];
                damaged[i] ^= (byte)(1 << bit);
                DecodeOrRefuse(damaged);
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Decode_AnyBytes_AreDecodedOrRefused(byte[] bytes) => DecodeOrRefuse(bytes);

    private static void DecodeOrRefuse(byte[] block)
    {
        try
        {
            long length = SnappyBlock.ReadDecodedLength(block);
            Assert.That(length, Is.LessThanOrEqualTo(22L * block.Length));
            SnappyBlock.Decode(block, new byte[length]);
        }
        catch (MalformedMessageException)
        {
        }
    }
}

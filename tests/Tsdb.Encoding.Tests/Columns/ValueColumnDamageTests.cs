using Tsdb.Encoding.Columns;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Tests.Columns;

public sealed class ValueColumnDamageTests
{
    private static readonly CodebookSet Codebooks = Encoded.Train([.. Enumerable.Range(0, 400).Select(i => (double)(i * 7919 % 31))]);

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool TryDecode_AnyBytes_NeverThrowsNorWritesBeyondTheValues(byte[] noise, byte codec, ushort count)
    {
        double[] values = new double[(count % 3000) + 1];
        ValueColumnDecoder.TryDecode((ChunkCodec)(codec % 9), noise, Codebooks, values.AsSpan(0, count % 3000));
        return values[count % 3000] == 0;
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(AnyColumns)])]
    public bool TryDecode_DamagedColumn_NeverReadsBeyondItsBytes(ValueColumn column, ushort at, byte xor, byte cut)
    {
        Encoded encoded = Encoded.Of(column.Values);
        byte[] damaged = [.. encoded.Payload];
        damaged[at % damaged.Length] ^= xor;
        int length = damaged.Length - (cut % 4);

        // The same bytes before two different neighbours: what is decoded must not depend on them.
        byte[] zeros = [.. damaged.AsSpan(0, Math.Max(length, 0)), .. new byte[64]];
        byte[] ones = [.. damaged.AsSpan(0, Math.Max(length, 0)), .. Enumerable.Repeat((byte)0xFF, 64)];
        double[]? left = encoded.Decode(zeros.AsSpan(0, Math.Max(length, 0)), encoded.Count);
        double[]? right = encoded.Decode(ones.AsSpan(0, Math.Max(length, 0)), encoded.Count);
        return left is null ? right is null : right is not null && Encoded.Bits(left).SequenceEqual(Encoded.Bits(right));
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnyColumns)])]
    public bool TryDecode_EveryBitFlipped_NeverThrows(ValueColumn column)
    {
        Encoded encoded = Encoded.Of(column.Values[..Math.Min(column.Values.Length, 40)]);
        byte[] damaged = [.. encoded.Payload];
        for (int bit = 0; bit < damaged.Length * 8; bit++)
        {
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            encoded.Decode(damaged, encoded.Count);
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return Encoded.Bits(encoded.Decode(damaged, encoded.Count)!).SequenceEqual(Encoded.Bits(column.Values[..encoded.Count]));
    }

    [TestCase(ChunkCodec.Raw)]
    [TestCase(ChunkCodec.Gorilla)]
    [TestCase((ChunkCodec)7)]
    [TestCase((ChunkCodec)255)]
    public void TryDecode_CodecOfNoSealedColumn_IsRefused(ChunkCodec codec) =>
        Assert.That(ValueColumnDecoder.TryDecode(codec, new byte[64], Codebooks, new double[1]), Is.False);

    [Test]
    public void TryDecode_NoValues_IsRefused() =>
        Assert.That(ValueColumnDecoder.TryDecode(ChunkCodec.Arithmetic, new byte[64], Codebooks, []), Is.False);

    [Test]
    public void TryDecode_CodebookThatIsNotThere_IsRefused()
    {
        Encoded encoded = Encoded.Of([.. Enumerable.Range(0, 400).Select(i => (double)(i * 7919 % 31))]);

        Assert.That(encoded.Codec, Is.EqualTo(ChunkCodec.DecimalHuffman));
        Assert.That((encoded with { Codebooks = CodebookSet.Empty }).Decode(), Is.Null);
    }
}

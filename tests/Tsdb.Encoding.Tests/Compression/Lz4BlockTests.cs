using Tsdb.Encoding.Compression;

namespace Tsdb.Encoding.Tests.Compression;

public sealed class Lz4BlockTests
{
    private static readonly byte[] Text =
        [.. Enumerable.Range(0, 200).SelectMany(i => (byte[])[.. "cpu,host=host_"u8, (byte)(0x30 + (i % 7))])];

    [Test]
    public void RoundTrip_RepetitiveBytes_ShrinksAndReturnsThem()
    {
        byte[] block = Compressed(Text);
        byte[] back = new byte[Text.Length];

        Assert.That(block, Has.Length.LessThan(Text.Length / 4));
        Assert.That(Lz4Block.TryDecompress(block, back), Is.True);
        Assert.That(back, Is.EqualTo(Text));
    }

    [Test]
    public void Compress_RandomBytes_SaysItWouldNotShrink()
    {
        byte[] noise = new byte[1000];
        new Random(1).NextBytes(noise);
        Assert.That(Lz4Block.Compress(noise, new byte[Lz4Block.MaxCompressedLength(noise.Length)]), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    public void Compress_DestinationTooShort_SaysSo(int lengthBytes) => Assert.That(Lz4Block.Compress(Text, new byte[lengthBytes]), Is.Zero);

    [Test]
    public void Compress_NoBytes_SaysItWouldNotShrink() => Assert.That(Lz4Block.Compress([], new byte[16]), Is.Zero);

    [TestCase(-1)]
    [TestCase(1)]
    public void TryDecompress_AnotherLength_IsRefused(int off) =>
        Assert.That(Lz4Block.TryDecompress(Compressed(Text), new byte[Text.Length + off]), Is.False);

    [Test]
    public void TryDecompress_CutBlock_IsRefused()
    {
        byte[] block = Compressed(Text);
        for (int length = 0; length < block.Length; length++)
        {
            Assert.That(Lz4Block.TryDecompress(block.AsSpan(0, length), new byte[Text.Length]), Is.False);
        }
    }

    [Test]
    public void TryDecompress_NothingExpected_IsRefused() => Assert.That(Lz4Block.TryDecompress([0], []), Is.False);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryDecompress_AnyBytes_NeverThrowsNorWritesOutside(byte[] bytes, byte length)
    {
        byte[] buffer = new byte[length + 16];
        buffer.AsSpan().Fill(0xA5);
        Lz4Block.TryDecompress(bytes, buffer.AsSpan(8, length));
        return buffer.AsSpan(0, 8).IndexOfAnyExcept((byte)0xA5) < 0 && buffer.AsSpan(8 + length).IndexOfAnyExcept((byte)0xA5) < 0;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryDecompress_OneDamagedByte_NeverThrowsNorWritesOutside(ushort at, byte xor)
    {
        byte[] block = Compressed(Text);
        block[at % block.Length] ^= xor;
        byte[] buffer = new byte[Text.Length + 64];
        Lz4Block.TryDecompress(block, buffer.AsSpan(0, Text.Length));
        return buffer.AsSpan(Text.Length).IndexOfAnyExcept((byte)0) < 0;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool RoundTrip_AnyBytes_ReturnsThemWheneverTheyShrink(byte[] seed, byte repeats)
    {
        byte[] source = Enumerable.Repeat(seed, repeats).SelectMany(bytes => bytes).ToArray();
        byte[] block = Compressed(source);
        byte[] back = new byte[source.Length];
        return block.Length == 0 || (block.Length < source.Length && Lz4Block.TryDecompress(block, back) && back.AsSpan().SequenceEqual(source));
    }

    private static byte[] Compressed(byte[] source)
    {
        byte[] buffer = new byte[Lz4Block.MaxCompressedLength(source.Length)];
        return buffer[..Lz4Block.Compress(source, buffer)];
    }
}

using System.Numerics;
using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Tests.Bits;

public sealed class BitReaderTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Read_AnyPositionAndLength_GivesTheBitsThereAndZerosPastTheEnd(byte[] bytes, ushort at, byte length)
    {
        int position = at % ((bytes.Length * 8) + 100);
        int count = (length % 64) + 1;

        // The bytes as one great number, followed by zeros enough for any read.
        BigInteger all = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) << 256;
        BigInteger expected = (all >> ((bytes.Length * 8) + 256 - position - count)) & ((BigInteger.One << count) - 1);
        return BitReader.Read(bytes, position, count) == (ulong)expected;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Peek_AnyPosition_HasItsBitsAtTheTop(byte[] bytes, ushort at)
    {
        int position = at % ((bytes.Length * 8) + 100);
        const int Hidden = 64 - BitReader.PeekBits;
        return BitReader.Peek(bytes, position) >> Hidden == BitReader.Read(bytes, position, BitReader.PeekBits);
    }
}

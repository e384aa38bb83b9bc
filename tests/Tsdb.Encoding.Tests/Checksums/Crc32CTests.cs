using Tsdb.Encoding.Checksums;

namespace Tsdb.Encoding.Tests.Checksums;

public sealed class Crc32CTests
{
    /// <summary>Vectors of RFC 3720 B.4 and the usual check value.</summary>
    private static IEnumerable<TestCaseData> Vectors()
    {
        yield return new TestCaseData(Array.Empty<byte>()).Returns(0u);
        yield return new TestCaseData("123456789"u8.ToArray()).Returns(0xE3069283u);
        yield return new TestCaseData(new byte[32]).Returns(0x8A9136AAu);
        yield return new TestCaseData(Enumerable.Repeat((byte)0xFF, 32).ToArray()).Returns(0x62A8AB43u);
        yield return new TestCaseData(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()).Returns(0x46DD794Eu);
        yield return new TestCaseData(Enumerable.Range(0, 32).Select(i => (byte)(31 - i)).ToArray()).Returns(0x113FDB5Cu);
    }

    [TestCaseSource(nameof(Vectors))]
    public uint Compute_PublishedVector_GivesThePublishedSum(byte[] data) => Crc32C.Compute(data);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Append_AnySplit_EqualsComputingAtOnce(byte[] data, int cut)
    {
        int at = (int)((uint)cut % (uint)(data.Length + 1));
        return Crc32C.Append(Crc32C.Compute(data.AsSpan(0, at)), data.AsSpan(at)) == Crc32C.Compute(data);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Append_AnySeed_EqualsTheBitwiseDefinition(uint seed, byte[] data) => Crc32C.Append(seed, data) == Bitwise(seed, data);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Compute_OneFlippedBit_GivesAnotherSum(FsCheck.NonEmptyArray<byte> data, int bit)
    {
        byte[] damaged = data.Get.ToArray();
        int at = (int)((uint)bit % (uint)(damaged.Length * 8));
        damaged[at / 8] ^= (byte)(1 << (at % 8));
        return Crc32C.Compute(damaged) != Crc32C.Compute(data.Get);
    }

    private static uint Bitwise(uint seed, byte[] data)
    {
        uint crc = ~seed;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return ~crc;
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace Tsdb.Encoding.Checksums;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): the checksum of everything in a file.</summary>
/// <remarks>
/// Reflected polynomial 0x82F63B78, initial value and final XOR all ones; the check value of "123456789" is 0xE3069283. The runtime uses the
/// processor's instruction where there is one and a table where there is not. Thread-safe.
/// </remarks>
public static class Crc32C
{
    /// <summary>The checksum of <paramref name="data"/>; 0 for no bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>
    /// The checksum of some bytes followed by <paramref name="data"/>, given the checksum <paramref name="crc"/> of the bytes before. A number
    /// other than 0 as the first <paramref name="crc"/> seeds the checksum, so that the same bytes in another place do not pass.
    /// </summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        uint state = ~crc;
        while (data.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte b in data)
        {
            state = BitOperations.Crc32C(state, b);
        }

        return ~state;
    }
}

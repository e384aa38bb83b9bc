using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>The first sixteen bytes of a field key as two words, so that most keys are compared without a call.</summary>
/// <param name="Length">The key's bytes, its '=' included.</param>
/// <param name="Low">Bytes 0 to 7, zero where the key is shorter.</param>
/// <param name="High">Bytes 8 to 15.</param>
/// <param name="LowMask">Ones where <paramref name="Low"/> counts.</param>
/// <param name="HighMask">Ones where <paramref name="High"/> counts.</param>
internal readonly record struct KeyProbe(int Length, ulong Low, ulong High, ulong LowMask, ulong HighMask)
{
    /// <summary>Bytes a probe compares; there must be that many.</summary>
    public const int MaxBytes = 16;

    /// <summary>The probe of a key.</summary>
    public static KeyProbe Of(ReadOnlySpan<byte> key)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        Span<byte> mask = stackalloc byte[MaxBytes];
        int count = Math.Min(key.Length, MaxBytes);
        bytes.Clear();
        mask.Clear();
        key[..count].CopyTo(bytes);
        mask[..count].Fill(0xFF);
        return new KeyProbe(
            key.Length,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(mask),
            BinaryPrimitives.ReadUInt64LittleEndian(mask[8..]));
    }

    /// <summary>Says whether the key's first bytes stand at <paramref name="at"/>, after which the text has at least <see cref="MaxBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> bytes = text.Slice(at, MaxBytes);
        ulong low = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ Low;
        ulong high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ High;
        return ((low & LowMask) | (high & HighMask)) == 0;
    }
}

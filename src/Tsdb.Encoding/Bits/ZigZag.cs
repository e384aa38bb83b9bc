namespace Tsdb.Encoding.Bits;

/// <summary>Folds signed integers so that those near zero, of either sign, become small unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
public static class ZigZag
{
    /// <summary>The unsigned form of <paramref name="value"/>; every 64-bit integer has one.</summary>
    public static ulong Encode(long value) => (ulong)((value << 1) ^ (value >> 63));

    /// <summary>The integer whose unsigned form is <paramref name="value"/>.</summary>
    public static long Decode(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}

using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tsdb.Encoding.Decimals;

/// <summary>Doubles as integers: either times a power of ten, where the quotient gives back the very bits, or the bits themselves.</summary>
/// <remarks>
/// A decimal is an integer m, less than 2^53 in size, and an exponent e up to 14; the value is m / 10^e. Both are exact doubles and a division
/// rounds correctly, so it gives what reading the decimal's text gives; multiplying by 10^-e would not. An exponent of <see cref="Bits"/> means
/// that the integer is the double's 64 bits, rotated so that the sign is lowest, with the highest bit flipped: near in size, near as integers.
/// Part of the format (authoritative: docs/formats.md#sealed-columns). The vector paths compute what the scalar ones do. Thread-safe.
/// </remarks>
internal static class DecimalScale
{
    /// <summary>The largest decimal exponent.</summary>
    public const int MaxExponent = 14;

    /// <summary>Stands for an exponent where the integers are the bits of doubles.</summary>
    public const int Bits = 15;

    /// <summary>What <see cref="ToIntegers"/> yields for a value that has no integer at the exponent: more than any that has.</summary>
    public const long NoInteger = long.MinValue;

    private const double Limit = 1L << 53;
    private const ulong HighestBit = 1ul << 63;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    /// <summary>The integer of each value, or <see cref="NoInteger"/>, of which the count is returned.</summary>
    public static int ToIntegers(ReadOnlySpan<double> values, int exponent, Span<long> integers)
    {
        integers = integers[..values.Length];
        double power = Powers[exponent];
        int missing = 0;
        int i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= values.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                Vector512<double> value = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values[i..]));
                Vector512<double> rounded = Vector512.Round(value * power);
                Vector512<long> integer = Vector512.ConvertToInt64Native(rounded);
                Vector512<long> fits = Vector512.Equals((Vector512.ConvertToDouble(integer) / power).AsInt64(), value.AsInt64())
                    & Vector512.LessThan(Vector512.Abs(rounded), Vector512.Create(Limit)).AsInt64();
                Vector512.ConditionalSelect(fits, integer, Vector512.Create(NoInteger)).StoreUnsafe(ref MemoryMarshal.GetReference(integers[i..]));
                missing += Vector512<long>.Count - BitOperations.PopCount(fits.ExtractMostSignificantBits());
            }
        }

        for (; i < values.Length; i++)
        {
            integers[i] = ToInteger(values[i], power);
            missing += integers[i] == NoInteger ? 1 : 0;
        }

        return missing;
    }

    /// <summary>How many of the values have no integer at the exponent.</summary>
    public static int CountMissing(ReadOnlySpan<double> values, int exponent)
    {
        double power = Powers[exponent];
        int missing = 0;
        foreach (double value in values)
        {
            missing += ToInteger(value, power) == NoInteger ? 1 : 0;
        }

        return missing;
    }

    /// <summary>The integers of values by their bits.</summary>
    public static void ToBits(ReadOnlySpan<double> values, Span<long> integers)
    {
        for (int i = 0; i < values.Length; i++)
        {
            integers[i] = (long)(BitOperations.RotateLeft(BitConverter.DoubleToUInt64Bits(values[i]), 1) ^ HighestBit);
        }
    }

    /// <summary>The values of integers that are multiples of a divisor above a base; the spans may be the same memory.</summary>
    public static void ToValues(ReadOnlySpan<long> multiples, long first, long divisor, int exponent, Span<double> values)
    {
        values = values[..multiples.Length];
        double power = exponent == Bits ? 1 : Powers[exponent];
        int i = 0;
        if (Vector512.IsHardwareAccelerated && exponent != Bits)
        {
            Vector512<long> firsts = Vector512.Create(first);
            for (; i <= values.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                Vector512<long> multiple = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(multiples[i..]));
                Vector512<double> value = Vector512.ConvertToDouble(firsts + (divisor == 1 ? multiple : multiple * divisor));
                (exponent == 0 ? value : value / power).StoreUnsafe(ref MemoryMarshal.GetReference(values[i..]));
            }
        }

        for (; i < values.Length; i++)
        {
            long integer = first + (multiples[i] * divisor);
            values[i] = exponent == Bits
                ? BitConverter.UInt64BitsToDouble(BitOperations.RotateRight((ulong)integer ^ HighestBit, 1))
                : integer / power;
        }
    }

    private static long ToInteger(double value, double power)
    {
        // The bits are compared after the way back from the integer, which has no negative zero.
        double rounded = Math.Round(value * power);
        long integer = (long)rounded;
        bool fits = Math.Abs(rounded) < Limit && BitConverter.DoubleToInt64Bits(integer / power) == BitConverter.DoubleToInt64Bits(value);
        return fits ? integer : NoInteger;
    }
}

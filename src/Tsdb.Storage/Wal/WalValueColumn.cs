using System.Buffers.Binary;
using Tsdb.Encoding.Bits;

namespace Tsdb.Storage.Wal;

/// <summary>The values of a SAMPLES record: decimals with a common exponent where all are such, else the doubles' bytes in eight planes.</summary>
/// <remarks>
/// One tag byte, then (authoritative: docs/formats.md#wal):
/// <code>
///  tag 0 to 6   each value as zig-zag varint m of at most 53 bits: the value is m divided by ten to the power of tag, exactly that double
///  tag 255      all lowest bytes of the values, then all second bytes, to the highest: like bytes lie together, which LZ4 rewards
/// </code>
/// Every double round-trips bit for bit: one that m does not give back exactly (-0, NaN, long fractions) puts the record under tag 255.
/// </remarks>
internal static class WalValueColumn
{
    /// <summary>The most bytes the column takes per sample.</summary>
    public const int MaxBytesPerSample = sizeof(double);

    /// <summary>The bytes it takes besides.</summary>
    public const int MaxExtraBytes = 1;

    private const byte BytePlanes = 255;
    private const int MaxExponent = 6;
    private const long MaxMantissa = 1L << 53; // beyond it, neighbouring integers are one double

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

    /// <summary>Writes the column and returns its length.</summary>
    public static int Write(ReadOnlySpan<double> values, Span<byte> destination)
    {
        if (AreIntegers(values))
        {
            return WriteIntegers(values, destination);
        }

        int exponent = CommonExponent(values);
        int length = exponent < 0 ? 0 : WriteDecimals(values, exponent, destination);
        return length > 0 ? length : WriteBytePlanes(values, destination);
    }

    /// <summary>Fills <paramref name="values"/> from the bytes at <paramref name="position"/>. False when they are not exactly such a column.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, Span<double> values)
    {
        if (position >= source.Length)
        {
            return false;
        }

        byte tag = source[position++];
        return tag switch
        {
            <= MaxExponent => TryReadDecimals(source, ref position, values, PowersOfTen[tag]),
            BytePlanes => TryReadBytePlanes(source, ref position, values),
            _ => false,
        };
    }

    // The common case, and half as costly without the division that fractions need.
    private static bool AreIntegers(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            long mantissa = (long)value;
            if (BitConverter.DoubleToInt64Bits(mantissa) != BitConverter.DoubleToInt64Bits(value) || mantissa is < -MaxMantissa or > MaxMantissa)
            {
                return false;
            }
        }

        return true;
    }

    private static int WriteIntegers(ReadOnlySpan<double> values, Span<byte> destination)
    {
        destination[0] = 0;
        int length = 1;
        foreach (double value in values)
        {
            length = Write(destination, length, (long)value);
        }

        return length;
    }

    // A value that is m / 10^k is also 10 m / 10^(k+1), correctly rounded both times, so the exponent only ever has to grow along the column.
    private static int CommonExponent(ReadOnlySpan<double> values)
    {
        int exponent = 0;
        double power = 1;
        foreach (double value in values)
        {
            while (!TryScale(value, power, out _))
            {
                if (++exponent > MaxExponent)
                {
                    return -1;
                }

                power = PowersOfTen[exponent];
            }
        }

        return exponent;
    }

    private static bool TryScale(double value, double power, out long mantissa)
    {
        mantissa = (long)Math.Round(value * power);
        return mantissa is >= -MaxMantissa and <= MaxMantissa
            && BitConverter.DoubleToInt64Bits(mantissa / power) == BitConverter.DoubleToInt64Bits(value);
    }

    private static int WriteDecimals(ReadOnlySpan<double> values, int exponent, Span<byte> destination)
    {
        double power = PowersOfTen[exponent];
        destination[0] = (byte)exponent;
        int length = 1;
        foreach (double value in values)
        {
            // An early value may have fitted a lower exponent only: its mantissa grew with the exponent.
            if (!TryScale(value, power, out long mantissa))
            {
                return 0;
            }

            length = Write(destination, length, mantissa);
        }

        return length;
    }

    private static int Write(Span<byte> destination, int length, long mantissa)
    {
        ulong folded = ZigZag.Encode(mantissa);
        if (folded < 0x80)
        {
            destination[length] = (byte)folded;
            return length + 1;
        }

        return length + Varint.Write(destination[length..], folded);
    }

    private static bool TryReadDecimals(ReadOnlySpan<byte> source, ref int position, Span<double> values, double power)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!Varint.TryReadZigZag(source, ref position, out long mantissa) || mantissa is < -MaxMantissa or > MaxMantissa)
            {
                return false;
            }

            values[i] = mantissa / power;
        }

        return true;
    }

    private static int WriteBytePlanes(ReadOnlySpan<double> values, Span<byte> destination)
    {
        destination[0] = BytePlanes;
        Span<byte> planes = destination.Slice(1, values.Length * sizeof(double));
        for (int plane = 0; plane < sizeof(double); plane++)
        {
            Span<byte> bytes = planes.Slice(plane * values.Length, values.Length);
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(BitConverter.DoubleToUInt64Bits(values[i]) >> (8 * plane));
            }
        }

        return 1 + planes.Length;
    }

    private static bool TryReadBytePlanes(ReadOnlySpan<byte> source, ref int position, Span<double> values)
    {
        int count = values.Length;
        if (source.Length - position < count * sizeof(double))
        {
            return false;
        }

        ReadOnlySpan<byte> planes = source.Slice(position, count * sizeof(double));
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        for (int i = 0; i < count; i++)
        {
            for (int plane = 0; plane < sizeof(double); plane++)
            {
                bytes[plane] = planes[(plane * count) + i];
            }

            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        }

        position += planes.Length;
        return true;
    }
}

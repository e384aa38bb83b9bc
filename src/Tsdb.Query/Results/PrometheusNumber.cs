using System.Buffers.Text;
using System.Globalization;

namespace Tsdb.Query.Results;

/// <summary>Writes sample values the way Prometheus prints them, so that clients comparing text see no difference.</summary>
/// <remarks>
/// Go's <c>strconv.AppendFloat(f, fmt, -1, 64)</c>: the fewest digits that read back as the same double, in plain notation, except that
/// magnitudes below 1e-6 and from 1e21 on take an exponent of at least two digits (<c>1e-07</c>, <c>1e+21</c>). The general path costs about
/// ten times the others; integers and short decimals, which most samples are, avoid it.
/// </remarks>
public static class PrometheusNumber
{
    /// <summary>A span this long holds any number's text.</summary>
    public const int MaxLength = 32;

    private const double LargestExactInteger = 9007199254740992; // 2^53: above it, neighbouring doubles are more than 1 apart
    private const double ExactDigitsEnd = 1e15; // every decimal of up to 15 digits has its own double
    private const int MostFastDecimals = 6;

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

    private static ReadOnlySpan<long> IntegerPowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Writes <paramref name="value"/> as UTF-8.</summary>
    /// <param name="value">Any double.</param>
    /// <param name="destination">Where to write; <see cref="MaxLength"/> bytes always suffice.</param>
    /// <param name="bytesWritten">How many bytes were written; 0 on failure.</param>
    /// <returns>False when the destination is too short.</returns>
    public static bool TryFormat(double value, Span<byte> destination, out int bytesWritten)
    {
        if (Math.Abs(value) < LargestExactInteger && (long)value is var integer && integer == value)
        {
            return integer == 0 && double.IsNegative(value)
                ? TryCopy("-0"u8, destination, out bytesWritten)
                : Utf8Formatter.TryFormat(integer, destination, out bytesWritten);
        }

        if (!double.IsFinite(value))
        {
            return TryCopy(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8, destination, out bytesWritten);
        }

        return TryFormatShortDecimal(value, destination, out bytesWritten) || TryFormatGeneral(value, destination, out bytesWritten);
    }

    /// <summary>The text of <paramref name="value"/>. Allocates; for messages and labels.</summary>
    public static string ToText(double value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        TryFormat(value, text, out int length);
        return System.Text.Encoding.ASCII.GetString(text[..length]);
    }

    // When m / 10^k is the value and m has at most 15 digits, the digits of m are the shortest text: no other decimal of so few digits reads
    // back as this double, and the smallest such k leaves no trailing zero.
    private static bool TryFormatShortDecimal(double value, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        double magnitude = Math.Abs(value);
        if (magnitude < 1e-6)
        {
            return false;
        }

        for (int decimals = 1; decimals <= MostFastDecimals; decimals++)
        {
            double scaled = Math.Round(magnitude * PowersOfTen[decimals]);
            if (scaled >= ExactDigitsEnd)
            {
                return false;
            }

            if (scaled / PowersOfTen[decimals] == magnitude)
            {
                return TryWriteDecimal((long)scaled, decimals, value < 0, destination, out bytesWritten);
            }
        }

        return false;
    }

    private static bool TryWriteDecimal(long digits, int decimals, bool isNegative, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        (long whole, long fraction) = Math.DivRem(digits, IntegerPowersOfTen[decimals]);
        int position = 0;
        if (isNegative)
        {
            if (destination.IsEmpty)
            {
                return false;
            }

            destination[position++] = (byte)'-';
        }

        if (!Utf8Formatter.TryFormat(whole, destination[position..], out int wholeLength))
        {
            return false;
        }

        position += wholeLength;
        if (destination.Length < position + 1 + decimals)
        {
            return false;
        }

        destination[position] = (byte)'.';
        for (int i = decimals; i > 0; i--)
        {
            (fraction, long digit) = Math.DivRem(fraction, 10);
            destination[position + i] = (byte)('0' + digit);
        }

        bytesWritten = position + 1 + decimals;
        return true;
    }

    // .NET finds the same shortest digits but lays them out differently: take its digits and exponent apart and lay them out again.
    private static bool TryFormatGeneral(double value, Span<byte> destination, out int bytesWritten)
    {
        Span<byte> shortest = stackalloc byte[MaxLength];
        bool isFormatted = value.TryFormat(shortest, out int shortestLength, "R", CultureInfo.InvariantCulture);
        System.Diagnostics.Debug.Assert(isFormatted, "32 bytes hold the shortest text of any double.");
        Span<byte> digits = stackalloc byte[MaxLength];
        int digitCount = TakeApart(shortest[..shortestLength].TrimStart((byte)'-'), digits, out int exponent);
        double magnitude = Math.Abs(value);
        Span<byte> text = stackalloc byte[MaxLength];
        int written = magnitude is < 1e-6 or >= 1e21
            ? LayOutScientific(digits[..digitCount], exponent, value < 0, text)
            : LayOutPlain(digits[..digitCount], exponent, value < 0, text);
        return TryCopy(text[..written], destination, out bytesWritten);
    }

    // Takes a number like 120.5 or 1.2E-07 apart: its significant digits, and the decimal exponent of the first of them.
    private static int TakeApart(ReadOnlySpan<byte> text, Span<byte> digits, out int exponent)
    {
        int mark = text.IndexOf((byte)'E');
        exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> mantissa = mark < 0 ? text : text[..mark];
        int point = mantissa.IndexOf((byte)'.');
        point = point < 0 ? mantissa.Length : point;
        int count = 0;
        for (int i = 0; i < mantissa.Length; i++)
        {
            if (i == point || (count == 0 && mantissa[i] == '0'))
            {
                continue;
            }

            if (count == 0)
            {
                exponent += i < point ? point - 1 - i : point - i;
            }

            digits[count++] = mantissa[i];
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int LayOutScientific(ReadOnlySpan<byte> digits, int exponent, bool isNegative, Span<byte> text)
    {
        int position = 0;
        if (isNegative)
        {
            text[position++] = (byte)'-';
        }

        text[position++] = digits[0];
        if (digits.Length > 1)
        {
            text[position++] = (byte)'.';
            digits[1..].CopyTo(text[position..]);
            position += digits.Length - 1;
        }

        text[position++] = (byte)'e';
        text[position++] = exponent < 0 ? (byte)'-' : (byte)'+';
        exponent = Math.Abs(exponent);
        if (exponent < 10)
        {
            text[position++] = (byte)'0';
        }

        Utf8Formatter.TryFormat(exponent, text[position..], out int exponentLength);
        return position + exponentLength;
    }

    private static int LayOutPlain(ReadOnlySpan<byte> digits, int exponent, bool isNegative, Span<byte> text)
    {
        int position = 0;
        if (isNegative)
        {
            text[position++] = (byte)'-';
        }

        if (exponent < 0)
        {
            text[position++] = (byte)'0';
            text[position++] = (byte)'.';
            text.Slice(position, -exponent - 1).Fill((byte)'0');
            position += -exponent - 1;
            digits.CopyTo(text[position..]);
            return position + digits.Length;
        }

        for (int i = 0; i < Math.Max(digits.Length, exponent + 1); i++)
        {
            if (i == exponent + 1)
            {
                text[position++] = (byte)'.';
            }

            text[position++] = i < digits.Length ? digits[i] : (byte)'0';
        }

        return position;
    }

    private static bool TryCopy(ReadOnlySpan<byte> text, Span<byte> destination, out int bytesWritten)
    {
        bool fits = text.TryCopyTo(destination);
        bytesWritten = fits ? text.Length : 0;
        return fits;
    }
}

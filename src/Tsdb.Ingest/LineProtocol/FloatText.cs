using System.Globalization;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Reads decimal fractions with and without exponents, rounded to the nearest double.</summary>
internal static class FloatText
{
    /// <summary>Integers up to here are exact as doubles.</summary>
    public const ulong MaxExactInteger = 1UL << 53;

    private const int SafeDigits = 18; // cannot overflow 63 bits
    private const int MaxExponentDigits = 4;

    // A double holds these exactly.
    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Ten to the power of <paramref name="exponent"/>, 0 to 22.</summary>
    public static double ExactPowerOfTen(int exponent) => PowersOfTen[exponent];

    /// <summary>Reads a run that must be a number of the grammar <c>[+-]? (digits [. digits?] | . digits) ([eE] [+-]? digits)?</c>.</summary>
    /// <returns>False when it is none; a number too large for a double is infinite.</returns>
    public static bool TryParse(ReadOnlySpan<byte> run, out double value)
    {
        bool isNegative = run[0] == '-';
        int at = isNegative || run[0] == '+' ? 1 : 0;
        ulong mantissa = 0;
        int digitCount = TakeDigits(run, ref at, ref mantissa);
        int fractionDigits = 0;
        if (at < run.Length && run[at] == '.')
        {
            at++;
            fractionDigits = TakeDigits(run, ref at, ref mantissa);
        }

        value = 0;
        digitCount += fractionDigits;
        if (digitCount == 0 || !TryTakeExponent(run, ref at, out int exponent) || at != run.Length)
        {
            return false;
        }

        // One multiplication or division by an exact power of ten rounds once, hence correctly (Clinger, PLDI 1990).
        exponent -= fractionDigits;
        if (digitCount <= SafeDigits && mantissa <= MaxExactInteger && Math.Abs(exponent) < PowersOfTen.Length)
        {
            double magnitude = exponent < 0 ? mantissa / PowersOfTen[-exponent] : mantissa * PowersOfTen[exponent];
            value = isNegative ? -magnitude : magnitude;
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(run, Style, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryTakeExponent(ReadOnlySpan<byte> run, ref int at, out int exponent)
    {
        exponent = 0;
        if (at == run.Length || run[at] is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        at++;
        bool isNegative = at < run.Length && run[at] == '-';
        if (isNegative || (at < run.Length && run[at] == '+'))
        {
            at++;
        }

        ulong magnitude = 0;
        int digitCount = TakeDigits(run, ref at, ref magnitude);
        int bounded = digitCount <= MaxExponentDigits ? (int)magnitude : int.MaxValue / 2; // the slow way reads it again
        exponent = isNegative ? -bounded : bounded;
        return digitCount > 0;
    }

    private static int TakeDigits(ReadOnlySpan<byte> run, ref int at, ref ulong digits)
    {
        // Wraps around on long runs; callers use the result only where the count of digits shows that it did not.
        int start = at;
        while (at < run.Length && (uint)(run[at] - '0') <= 9)
        {
            digits = unchecked((digits * 10) + (uint)(run[at] - '0'));
            at++;
        }

        return at - start;
    }
}

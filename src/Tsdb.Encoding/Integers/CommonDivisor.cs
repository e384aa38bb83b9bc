using System.Numerics;

namespace Tsdb.Encoding.Integers;

/// <summary>The greatest common divisor of the steps of a column: pages, sectors, whole hundreds.</summary>
internal static class CommonDivisor
{
    // Beyond this the divisor would not fit a signed integer with room for a quotient.
    private const ulong Max = 1ul << 62;

    /// <summary>The greatest integer that divides every difference of neighbours; 1 when there is none to speak of.</summary>
    public static long Of(ReadOnlySpan<long> integers)
    {
        ulong divisor = 0;
        for (int i = 1; i < integers.Length && divisor != 1; i++)
        {
            long delta = integers[i] - integers[i - 1];
            if (delta != 0)
            {
                divisor = Greatest(divisor, delta < 0 ? 0 - (ulong)delta : (ulong)delta);
            }
        }

        return divisor is 0 or > Max ? 1 : (long)divisor;
    }

    /// <summary>
    /// Replaces each integer by how many divisors it lies above the first: so the first becomes 0. Wraps around as the differences do.
    /// </summary>
    public static void Divide(Span<long> integers, long divisor)
    {
        long previous = integers[0];
        long quotient = 0;
        int shift = BitOperations.IsPow2(divisor) ? BitOperations.TrailingZeroCount(divisor) : -1;
        for (int i = 0; i < integers.Length; i++)
        {
            long delta = integers[i] - previous;
            previous = integers[i];
            quotient += shift >= 0 ? delta >> shift : delta / divisor;
            integers[i] = quotient;
        }
    }

    private static ulong Greatest(ulong divisor, ulong value)
    {
        while (divisor != 0)
        {
            (value, divisor) = (divisor, value % divisor);
        }

        return value;
    }
}

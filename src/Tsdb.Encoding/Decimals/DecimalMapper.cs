using Tsdb.Model.Samples;

namespace Tsdb.Encoding.Decimals;

/// <summary>Maps a column of doubles to integers of one exponent, all but some exceptions. Used by one thread, for one column after another.</summary>
internal sealed class DecimalMapper
{
    private const int MaxSampled = 64;

    // What an exception takes, and what one more decimal costs each value: the exponent weighs one against the other.
    private const double ExceptionBits = 72;
    private const double DecimalBits = 3.4;

    // With more exceptions than one in 20 the values are no decimals.
    private const int ExceptionsDenominator = 20;

    private readonly double[] _sampled = new double[MaxSampled];
    private readonly List<int> _exceptions = [];

    /// <summary>Where the values are that have no integer; the integer before stands in for each.</summary>
    public IReadOnlyList<int> Exceptions => _exceptions;

    /// <summary>Fills the integers of as many values and returns the exponent, or <see cref="DecimalScale.Bits"/>.</summary>
    public int Map(ReadOnlySpan<double> values, Span<long> integers)
    {
        _exceptions.Clear();
        int exponent = FindExponent(values, integers, out int missing);
        if (exponent != DecimalScale.Bits)
        {
            if (missing > 0)
            {
                ListExceptions(integers);
            }

            return exponent;
        }

        DecimalScale.ToBits(values, integers);
        if (ListStaleness(values, integers) > 0)
        {
            Substitute(integers);
        }

        return exponent;
    }

    private int FindExponent(ReadOnlySpan<double> values, Span<long> integers, out int missing)
    {
        int allowed = values.Length / ExceptionsDenominator;
        int best = GuessExponent(values);
        missing = best == DecimalScale.Bits ? values.Length : DecimalScale.ToIntegers(values, best, integers);
        double cost = CostBits(missing, best, values.Length);
        int last = best;
        for (int next = best + 1; next <= DecimalScale.MaxExponent && missing > 0; next++)
        {
            if (next * DecimalBits * values.Length >= cost)
            {
                break; // even without any exception it would cost more
            }

            int missingNext = DecimalScale.ToIntegers(values, next, integers);
            last = next;
            if (CostBits(missingNext, next, values.Length) < cost)
            {
                (best, missing, cost) = (next, missingNext, CostBits(missingNext, next, values.Length));
            }
        }

        if (missing > allowed)
        {
            return DecimalScale.Bits;
        }

        if (last != best)
        {
            DecimalScale.ToIntegers(values, best, integers);
        }

        return best;
    }

    /// <summary>The exponent that suits a few of the values; they are as even as the column is long.</summary>
    private int GuessExponent(ReadOnlySpan<double> values)
    {
        int count = Math.Min(values.Length, MaxSampled);
        for (int i = 0; i < count; i++)
        {
            _sampled[i] = values[(int)((long)values.Length * i / count)];
        }

        int best = DecimalScale.Bits;
        double cost = double.PositiveInfinity;
        for (int exponent = 0; exponent <= DecimalScale.MaxExponent; exponent++)
        {
            int missing = DecimalScale.CountMissing(_sampled.AsSpan(0, count), exponent);
            if (missing <= count / 4 && CostBits(missing, exponent, count) < cost)
            {
                best = exponent;
                cost = CostBits(missing, exponent, count);
            }

            if (missing == 0)
            {
                break;
            }
        }

        return best;
    }

    private static double CostBits(int missing, int exponent, int count) => (missing * ExceptionBits) + (exponent * DecimalBits * count);

    private void ListExceptions(Span<long> integers)
    {
        for (int i = 0; i < integers.Length; i++)
        {
            if (integers[i] == DecimalScale.NoInteger)
            {
                _exceptions.Add(i);
            }
        }

        Substitute(integers);
    }

    private int ListStaleness(ReadOnlySpan<double> values, ReadOnlySpan<long> integers)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (StalenessMarker.Is(values[i]))
            {
                _exceptions.Add(i);
            }
        }

        if (_exceptions.Count == integers.Length)
        {
            _exceptions.Clear(); // a column of nothing else is a constant
        }

        return _exceptions.Count;
    }

    private void Substitute(Span<long> integers)
    {
        long previous = 0;
        int next = 0;
        for (int i = 0; i < integers.Length; i++)
        {
            if (next == _exceptions.Count || _exceptions[next] != i)
            {
                previous = integers[i];
                continue;
            }

            // Before the first integer there is none to repeat: the first there is.
            integers[i] = i == 0 ? FirstInteger(integers) : previous;
            previous = integers[i];
            next++;
        }
    }

    private long FirstInteger(ReadOnlySpan<long> integers)
    {
        int index = 0;
        while (index < _exceptions.Count && _exceptions[index] == index)
        {
            index++;
        }

        return integers[index];
    }
}

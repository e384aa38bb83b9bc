namespace Tsdb.Encoding.Entropy;

/// <summary>How often each class occurs. Used by one thread.</summary>
internal sealed class ClassHistogram
{
    private readonly long[] _counts = new long[ResidualClasses.Count];

    /// <summary>The count of each class.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>Counts one class.</summary>
    public void Add(int residualClass) => _counts[residualClass]++;

    /// <summary>Counts the class of each byte.</summary>
    /// <exception cref="IndexOutOfRangeException">A byte is no class.</exception>
    public void Add(ReadOnlySpan<byte> classes)
    {
        long[] counts = _counts;
        foreach (byte residualClass in classes)
        {
            counts[residualClass]++;
        }
    }

    /// <summary>Adds the counts of another histogram.</summary>
    public void Add(ClassHistogram other)
    {
        for (int c = 0; c < _counts.Length; c++)
        {
            _counts[c] += other._counts[c];
        }
    }

    /// <summary>Integers counted.</summary>
    public long Total()
    {
        long total = 0;
        foreach (long count in _counts)
        {
            total += count;
        }

        return total;
    }

    /// <summary>The raw bits of all integers counted.</summary>
    public long RawBits()
    {
        long bits = 0;
        ReadOnlySpan<byte> rawBits = ResidualClasses.RawBits;
        for (int c = ResidualClasses.FirstLarge; c < _counts.Length; c++)
        {
            bits += _counts[c] * rawBits[c];
        }

        return bits;
    }

    /// <summary>The fewest bits any code made for these classes needs for them, raw bits not included.</summary>
    public double EntropyBits()
    {
        double bits = 0;
        double logTotal = Math.Log2(Total());
        foreach (long count in _counts)
        {
            if (count > 0)
            {
                bits += count * (logTotal - Math.Log2(count));
            }
        }

        return bits;
    }

    /// <summary>The class that occurs most often; the lowest of them.</summary>
    public int Mode()
    {
        int mode = 0;
        for (int c = 1; c < _counts.Length; c++)
        {
            mode = _counts[c] > _counts[mode] ? c : mode;
        }

        return mode;
    }
}

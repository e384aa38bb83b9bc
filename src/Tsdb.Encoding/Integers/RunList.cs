using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Integers with their classes, both growing as needed, and a histogram of the classes. Reused from column to column by one thread.</summary>
internal sealed class RunList
{
    private long[] _integers = new long[64];
    private byte[] _classes = new byte[64];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The integers.</summary>
    public ReadOnlySpan<long> Integers => _integers.AsSpan(0, Count);

    /// <summary>The class of each.</summary>
    public ReadOnlySpan<byte> Classes => _classes.AsSpan(0, Count);

    /// <summary>How often each class occurs.</summary>
    public ClassHistogram Histogram { get; } = new();

    /// <summary>Empties the list.</summary>
    public void Clear()
    {
        Count = 0;
        Histogram.Clear();
    }

    /// <summary>Adds an integer.</summary>
    public void Add(long integer)
    {
        if (Count == _integers.Length)
        {
            Array.Resize(ref _integers, Count * 2);
            Array.Resize(ref _classes, Count * 2);
        }

        int residualClass = ResidualClasses.Of(integer);
        _integers[Count] = integer;
        _classes[Count++] = (byte)residualClass;
        Histogram.Add(residualClass);
    }
}

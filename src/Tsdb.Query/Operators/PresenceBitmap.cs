using System.Numerics;

namespace Tsdb.Query.Operators;

/// <summary>Says at which steps a series has a value: one bit a step. A view over words owned by a <see cref="SeriesColumn"/>.</summary>
/// <remarks>A bitmap and not a NaN, because NaN is a legal value. Bits past the last step are always 0.</remarks>
internal readonly ref struct PresenceBitmap
{
    private const int BitsPerWord = 64;
    private readonly int _steps;

    /// <summary>Views words as the presence of <paramref name="steps"/> steps.</summary>
    public PresenceBitmap(Span<ulong> words, int steps)
    {
        Words = words[..WordCount(steps)];
        _steps = steps;
    }

    /// <summary>The bits, lowest first, 64 steps a word.</summary>
    public Span<ulong> Words { get; }

    /// <summary>True when no step has a value.</summary>
    public bool IsEmpty => !Words.ContainsAnyExcept(0UL);

    /// <summary>How many words hold the bits of <paramref name="steps"/> steps.</summary>
    public static int WordCount(int steps) => (steps + BitsPerWord - 1) / BitsPerWord;

    /// <summary>Says whether a step has a value.</summary>
    public bool this[int step] => (Words[step >>> 6] >>> step & 1) != 0;

    /// <summary>Marks a step as having a value.</summary>
    public void Set(int step) => Words[step >>> 6] |= 1UL << step;

    /// <summary>Marks a step as having no value.</summary>
    public void Unset(int step) => Words[step >>> 6] &= ~(1UL << step);

    /// <summary>Marks every step as having no value.</summary>
    public void Clear() => Words.Clear();

    /// <summary>Marks every step as having a value.</summary>
    public void Fill()
    {
        Words.Fill(ulong.MaxValue);
        if (_steps % BitsPerWord != 0)
        {
            Words[^1] = (1UL << _steps) - 1;
        }
    }

    /// <summary>How many steps have a value.</summary>
    public int CountSet()
    {
        int count = 0;
        foreach (ulong word in Words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The first step at or after <paramref name="step"/> that has a value, or -1.</summary>
    public int NextSet(int step)
    {
        int index = step >>> 6;
        if (index >= Words.Length)
        {
            return -1;
        }

        ulong word = Words[index] & (ulong.MaxValue << step);
        while (word == 0)
        {
            if (++index == Words.Length)
            {
                return -1;
            }

            word = Words[index];
        }

        return (index * BitsPerWord) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>Keeps only the steps <paramref name="other"/> has too.</summary>
    public void IntersectWith(PresenceBitmap other)
    {
        for (int i = 0; i < Words.Length; i++)
        {
            Words[i] &= other.Words[i];
        }
    }

    /// <summary>Adds the steps of <paramref name="other"/>.</summary>
    public void UnionWith(PresenceBitmap other)
    {
        for (int i = 0; i < Words.Length; i++)
        {
            Words[i] |= other.Words[i];
        }
    }

    /// <summary>Takes away the steps of <paramref name="other"/>.</summary>
    public void ExceptWith(PresenceBitmap other)
    {
        for (int i = 0; i < Words.Length; i++)
        {
            Words[i] &= ~other.Words[i];
        }
    }

    /// <summary>Says whether some step has a value in both.</summary>
    public bool Overlaps(PresenceBitmap other)
    {
        for (int i = 0; i < Words.Length; i++)
        {
            if ((Words[i] & other.Words[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }
}

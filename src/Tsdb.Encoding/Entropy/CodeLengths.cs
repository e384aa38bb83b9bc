namespace Tsdb.Encoding.Entropy;

/// <summary>The best prefix code whose codes are no longer than a limit: package-merge (Larmore and Hirschberg, JACM 1990).</summary>
internal static class CodeLengths
{
    /// <summary>The longest code. Part of the format: one look-up in a table of 2 to this many entries finds a code.</summary>
    public const int Max = 11;

    /// <summary>The code length of each class, 0 for those that do not occur; at least two must.</summary>
    public static byte[] Of(ReadOnlySpan<long> counts)
    {
        byte[] lengths = new byte[counts.Length];
        int[] used = Ascending(counts);
        ArgumentOutOfRangeException.ThrowIfLessThan(used.Length, 2, nameof(counts));

        // Level by level, from the deepest: the leaves, merged by weight with the pairs of the level before.
        List<bool[]> isLeafAt = [];
        long[] weights = [];
        for (int level = 0; level < Max; level++)
        {
            weights = Merge(counts, used, weights, out bool[] isLeaf);
            isLeafAt.Add(isLeaf);
        }

        // Of the last level the 2 n - 2 lightest are taken; each leaf among them lengthens its code, each pair takes two of the level below.
        int taken = (2 * used.Length) - 2;
        for (int level = Max - 1; level >= 0; level--)
        {
            int leaves = isLeafAt[level].AsSpan(0, taken).Count(true);
            foreach (int residualClass in used.AsSpan(0, leaves))
            {
                lengths[residualClass]++;
            }

            taken = 2 * (taken - leaves);
        }

        return lengths;
    }

    private static int[] Ascending(ReadOnlySpan<long> counts)
    {
        List<int> used = [];
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] > 0)
            {
                used.Add(c);
            }
        }

        long[] all = counts.ToArray();
        used.Sort((left, right) => all[left] != all[right] ? all[left].CompareTo(all[right]) : left.CompareTo(right));
        return [.. used];
    }

    private static long[] Merge(ReadOnlySpan<long> counts, int[] used, long[] below, out bool[] isLeaf)
    {
        int pairs = below.Length / 2;
        long[] weights = new long[used.Length + pairs];
        isLeaf = new bool[weights.Length];
        int leaf = 0;
        int pair = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            long pairWeight = pair < pairs ? below[2 * pair] + below[(2 * pair) + 1] : long.MaxValue;
            if (leaf < used.Length && counts[used[leaf]] <= pairWeight)
            {
                weights[i] = counts[used[leaf++]];
                isLeaf[i] = true;
            }
            else
            {
                weights[i] = pairWeight;
                pair++;
            }
        }

        return weights;
    }
}

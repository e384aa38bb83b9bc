namespace Tsdb.Encoding.Entropy;

/// <summary>Makes few codebooks for many histograms: k-means, where the distance is the bits a codebook costs a histogram.</summary>
internal static class CodebookClusters
{
    private const int Iterations = 3;

    // More than any code: a codebook that lacks a class is the wrong one, but comparable.
    private const long MissingBits = 32;

    /// <summary>At most <see cref="CodebookSet.MaxCount"/> codebooks; each histogram is covered by one of them.</summary>
    public static CodebookSet Make(IReadOnlyList<ClassHistogram> groups)
    {
        ClassHistogram[] byWeight = [.. groups.OrderByDescending(group => group.EntropyBits() + group.Total())];
        List<Codebook> codebooks = [.. byWeight.Take(CodebookSet.MaxCount).Select(group => Codebook.For(group.Counts))];
        for (int i = 0; i < Iterations; i++)
        {
            codebooks = Refit(codebooks, byWeight);
        }

        return new CodebookSet([.. Prune(codebooks, byWeight)]);
    }

    /// <summary>Gives each histogram to the cheapest codebook and makes the codebooks anew, each for what it was given.</summary>
    private static List<Codebook> Refit(List<Codebook> codebooks, ClassHistogram[] groups) =>
        [.. groups.GroupBy(group => Cheapest(codebooks, group).Number).Select(cluster => Codebook.For(Sum(cluster).Counts))];

    /// <summary>Leaves out codebooks, the least used first, that save less than they take to store, and fits the others once more.</summary>
    private static List<Codebook> Prune(List<Codebook> codebooks, ClassHistogram[] groups)
    {
        long[][] costs = [.. groups.Select(group => codebooks.Select(codebook => codebook.CostBits(group.Counts, MissingBits)).ToArray())];
        long[] usage = new long[codebooks.Count];
        for (int g = 0; g < groups.Length; g++)
        {
            usage[costs[g].AsSpan().IndexOf(costs[g].Min())] += groups[g].Total();
        }

        HashSet<int> kept = [.. Enumerable.Range(0, codebooks.Count)];
        foreach (int candidate in Enumerable.Range(0, codebooks.Count).OrderBy(number => usage[number]))
        {
            if (kept.Count > 1 && SavingBits(candidate, kept, costs) < Codebook.LengthBytes * 8)
            {
                kept.Remove(candidate);
            }
        }

        return Refit([.. kept.Select(number => codebooks[number])], groups);
    }

    private static long SavingBits(int candidate, HashSet<int> kept, long[][] costs)
    {
        long saving = 0;
        foreach (long[] cost in costs)
        {
            long least = long.MaxValue;
            foreach (int other in kept)
            {
                least = other != candidate ? Math.Min(least, cost[other]) : least;
            }

            saving += Math.Max(least - cost[candidate], 0);
        }

        return saving;
    }

    private static (int Number, long Bits) Cheapest(List<Codebook> codebooks, ClassHistogram group)
    {
        (int Number, long Bits) best = (-1, long.MaxValue);
        for (int i = 0; i < codebooks.Count; i++)
        {
            long bits = codebooks[i].CostBits(group.Counts, MissingBits);
            if (bits < best.Bits)
            {
                best = (i, bits);
            }
        }

        return best;
    }

    private static ClassHistogram Sum(IEnumerable<ClassHistogram> groups)
    {
        var sum = new ClassHistogram();
        foreach (ClassHistogram group in groups)
        {
            sum.Add(group);
        }

        return sum;
    }
}

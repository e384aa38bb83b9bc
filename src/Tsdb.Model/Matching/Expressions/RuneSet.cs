namespace Tsdb.Model.Matching.Expressions;

/// <summary>A set of code points as sorted ranges that neither overlap nor touch. Immutable.</summary>
internal sealed class RuneSet
{
    private readonly RuneRange[] _ranges;

    private RuneSet(RuneRange[] ranges) => _ranges = ranges;

    /// <summary>Every code point.</summary>
    public static RuneSet All { get; } = new([new RuneRange(0, RuneRange.MaxRune)]);

    /// <summary>Every code point but the newline.</summary>
    public static RuneSet AllButNewline { get; } = Of(new RuneRange('\n', '\n')).Negate();

    /// <summary>The ranges, ascending.</summary>
    public ReadOnlySpan<RuneRange> Ranges => _ranges;

    /// <summary>How many code points it holds.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (RuneRange range in _ranges)
            {
                count += range.High - range.Low + 1;
            }

            return count;
        }
    }

    /// <summary>True when it holds every code point.</summary>
    public bool IsAll => _ranges is [{ Low: 0, High: RuneRange.MaxRune }];

    /// <summary>The set of the code points of some ranges, in any order.</summary>
    public static RuneSet Of(params ReadOnlySpan<RuneRange> ranges)
    {
        RuneRange[] sorted = ranges.ToArray();
        Array.Sort(sorted, static (left, right) => left.Low.CompareTo(right.Low));
        var merged = new List<RuneRange>(sorted.Length);
        foreach (RuneRange range in sorted)
        {
            if (merged.Count > 0 && range.Low <= merged[^1].High + 1)
            {
                merged[^1] = new RuneRange(merged[^1].Low, Math.Max(merged[^1].High, range.High));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new RuneSet([.. merged]);
    }

    /// <summary>The code points that are in either set.</summary>
    public RuneSet Union(RuneSet other) => Of([.. _ranges, .. other._ranges]);

    /// <summary>The code points that are not in this set.</summary>
    public RuneSet Negate()
    {
        var gaps = new List<RuneRange>(_ranges.Length + 1);
        int next = 0;
        foreach (RuneRange range in _ranges)
        {
            if (range.Low > next)
            {
                gaps.Add(new RuneRange(next, range.Low - 1));
            }

            next = range.High + 1;
        }

        if (next <= RuneRange.MaxRune)
        {
            gaps.Add(new RuneRange(next, RuneRange.MaxRune));
        }

        return new RuneSet([.. gaps]);
    }

    /// <summary>The set with all code points added that differ from one of its own by case only.</summary>
    public RuneSet FoldCase() => IsAll ? this : CaseOrbits.Close(this);
}

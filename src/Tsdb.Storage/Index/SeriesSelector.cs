using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using MatchType = Tsdb.Model.Matching.MatchType; // System.IO has one too

namespace Tsdb.Storage.Index;

/// <summary>Resolves label matchers to series over any <see cref="ILabelIndex"/>: the head and blocks select alike.</summary>
/// <remarks>
/// A matcher that refuses the empty value requires the label: its postings are intersected, equality first. One that accepts the empty value also
/// matches series lacking the label, which are in no posting list: the postings of the values it refuses are subtracted instead. Patterns are
/// tried on distinct values, never on series.
/// </remarks>
internal static class SeriesSelector
{
    /// <summary>As few series as this are tried one by one, instead of looking at all values of a label.</summary>
    private const int FewSeries = 32;

    /// <summary>Replaces <paramref name="result"/> with the numbers of the series every matcher matches, ascending; no matchers match all.</summary>
    public static void Select(ILabelIndex index, IReadOnlyList<LabelMatcher> matchers, PostingBuffer result)
    {
        // Of a series that is being added, a posting list to subtract might not know yet.
        uint limit = index.SeriesLimit;
        SelectAll(index, matchers, result);
        result.TruncateAt(limit);
    }

    private static void SelectAll(ILabelIndex index, IReadOnlyList<LabelMatcher> matchers, PostingBuffer result)
    {
        result.Clear();
        var scratch = new PostingBuffer();
        bool narrowed = Narrow(index, matchers, MatcherCost.Lookup, narrowed: false, scratch, result);
        narrowed = Narrow(index, matchers, MatcherCost.Scan, narrowed, scratch, result);
        if (!narrowed)
        {
            index.CopyAll(result);
            result.SortDistinct();
        }

        foreach (LabelMatcher matcher in matchers)
        {
            if (result.Count == 0)
            {
                return;
            }

            if (matcher.MatchesEmpty && !MatchesEverything(matcher))
            {
                Subtract(index, matcher, scratch, result);
            }
        }
    }

    // Intersects the required matchers of one cost; says whether the result holds anything but "all series" yet.
    private static bool Narrow(
        ILabelIndex index, IReadOnlyList<LabelMatcher> matchers, MatcherCost cost, bool narrowed, PostingBuffer scratch, PostingBuffer result)
    {
        foreach (LabelMatcher matcher in matchers)
        {
            if (matcher.MatchesEmpty || CostOf(matcher) != cost)
            {
                continue;
            }

            if (!narrowed)
            {
                Collect(index, matcher, wantMatching: true, result);
                narrowed = true;
            }
            else if (cost == MatcherCost.Scan && result.Count <= FewSeries)
            {
                TryEachSeries(index, matcher, result);
            }
            else
            {
                PostingSets.Intersect(result, Collect(index, matcher, wantMatching: true, scratch));
            }
        }

        return narrowed;
    }

    private static void Subtract(ILabelIndex index, LabelMatcher matcher, PostingBuffer scratch, PostingBuffer result)
    {
        if (CostOf(matcher) == MatcherCost.Scan && result.Count <= FewSeries)
        {
            TryEachSeries(index, matcher, result);
        }
        else
        {
            PostingSets.Subtract(result, Collect(index, matcher, wantMatching: false, scratch));
        }
    }

    private static void TryEachSeries(ILabelIndex index, LabelMatcher matcher, PostingBuffer result)
    {
        var labels = new ArrayBufferWriter<byte>(512);
        Span<uint> series = result.GetWritableItems();
        int kept = 0;
        foreach (uint number in series)
        {
            labels.ResetWrittenCount();
            index.CopyLabels(number, labels);
            series[kept] = number;
            kept += matcher.Matches(CanonicalLabels.ValueOf(labels.WrittenSpan, matcher.NameUtf8.Span)) ? 1 : 0;
        }

        result.Truncate(kept);
    }

    private static bool MatchesEverything(LabelMatcher matcher) => matcher is { Type: MatchType.Matches, Pattern.MatchesEverything: true };

    // The values a matcher names can be looked up, unless the empty one is among them: what env=~"prod|" refuses is every other value there is.
    private static MatcherCost CostOf(LabelMatcher matcher)
    {
        bool namesValues = matcher.Pattern is { } pattern ? pattern.Values is not null && !pattern.IsMatch([]) : matcher.ValueUtf8.Length > 0;
        return namesValues ? MatcherCost.Lookup : MatcherCost.Scan;
    }

    /// <summary>The series that have the label with a value the matcher accepts, or refuses; valid until the buffer is next used.</summary>
    private static ReadOnlySpan<uint> Collect(ILabelIndex index, LabelMatcher matcher, bool wantMatching, PostingBuffer postings)
    {
        postings.Clear();
        ReadOnlySpan<byte> name = matcher.NameUtf8.Span;
        if (CostOf(matcher) == MatcherCost.Scan)
        {
            var scan = new MatchingValues(matcher, wantMatching, postings);
            index.VisitValues(name, ref scan);
        }
        else if (matcher.Pattern is { Values: { } values })
        {
            foreach (byte[] value in values)
            {
                index.CopyPostings(name, value, postings);
            }
        }
        else
        {
            index.CopyPostings(name, matcher.ValueUtf8.Span, postings);
        }

        postings.SortDistinct();
        return postings.Items;
    }

    /// <summary>What resolving a matcher costs: cheap ones go first, as an empty result ends the work.</summary>
    private enum MatcherCost
    {
        /// <summary>A few posting lists are looked up.</summary>
        Lookup,

        /// <summary>The label's distinct values are looked at.</summary>
        Scan,
    }

    private readonly struct MatchingValues(LabelMatcher matcher, bool wantMatching, PostingBuffer postings) : ILabelValueVisitor
    {
        public PostingBuffer Postings => postings;

        // Only where the values wanted are those the pattern itself matches.
        public ReadOnlySpan<byte> Prefix =>
            matcher.Pattern is { } pattern && wantMatching == (matcher.Type == MatchType.Matches) ? pattern.Prefix : [];

        public bool Wants(ReadOnlySpan<byte> value) => matcher.Matches(value) == wantMatching;
    }
}

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
    /// <summary>Replaces <paramref name="result"/> with the numbers of the series every matcher matches, ascending; no matchers match all.</summary>
    public static void Select(ILabelIndex index, IReadOnlyList<LabelMatcher> matchers, PostingBuffer result)
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

            if (matcher.MatchesEmpty)
            {
                PostingSets.Subtract(result, Collect(index, matcher, wantMatching: false, scratch));
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
                result.AddRange(Collect(index, matcher, wantMatching: true, scratch));
                narrowed = true;
            }
            else if (result.Count > 0)
            {
                PostingSets.Intersect(result, Collect(index, matcher, wantMatching: true, scratch));
            }
        }

        return narrowed;
    }

    private static MatcherCost CostOf(LabelMatcher matcher) => matcher.Type == MatchType.Equal ? MatcherCost.Lookup : MatcherCost.Scan;

    /// <summary>The series that have the label with a value the matcher accepts, or refuses; valid until the buffer is next used.</summary>
    private static ReadOnlySpan<uint> Collect(ILabelIndex index, LabelMatcher matcher, bool wantMatching, PostingBuffer postings)
    {
        postings.Clear();
        ReadOnlySpan<byte> name = matcher.NameUtf8.Span;
        bool wantsOneValue = wantMatching ? matcher.Type == MatchType.Equal : matcher.Type == MatchType.NotEqual;
        if (wantsOneValue)
        {
            index.CopyPostings(name, matcher.ValueUtf8.Span, postings);
        }
        else
        {
            var scan = new MatchingValues(matcher, wantMatching, postings);
            index.VisitValues(name, ref scan);
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

        public ReadOnlySpan<byte> Prefix => [];

        public bool Wants(ReadOnlySpan<byte> value) => matcher.Matches(value) == wantMatching;
    }
}

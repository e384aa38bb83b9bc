using System.Collections.Immutable;

namespace Tsdb.Query.Syntax.Tree;

/// <summary>How series of the two sides of a binary operator find each other.</summary>
public sealed record VectorMatching
{
    /// <summary>No modifier at all: all labels must be equal, one to one.</summary>
    public static VectorMatching Default { get; } = new();

    /// <summary>The matching of a set operator without a modifier: all labels must be equal.</summary>
    public static VectorMatching SetDefault { get; } = new() { Cardinality = MatchCardinality.ManyToMany };

    /// <summary>How many series of each side may match; the set operators always have <see cref="MatchCardinality.ManyToMany"/>.</summary>
    public MatchCardinality Cardinality { get; init; }

    /// <summary>True for <c>on</c>, false for <c>ignoring</c> and when neither was written.</summary>
    public bool On { get; init; }

    /// <summary>The labels of <c>on</c> or <c>ignoring</c>, in the order written.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>The labels <c>group_left</c> or <c>group_right</c> copies from the "one" side, in the order written.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>The value that stands for a missing series of the left side (<c>fill</c>, <c>fill_left</c>); null without.</summary>
    public double? FillLeft { get; init; }

    /// <summary>The value that stands for a missing series of the right side (<c>fill</c>, <c>fill_right</c>); null without.</summary>
    public double? FillRight { get; init; }
}

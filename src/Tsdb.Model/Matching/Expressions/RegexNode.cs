namespace Tsdb.Model.Matching.Expressions;

/// <summary>
/// A part of a parsed regular expression. Immutable. Groups leave no trace, as nothing is captured; nor does laziness, as only whole values
/// match.
/// </summary>
internal abstract record RegexNode
{
    /// <summary>Matches the empty string.</summary>
    public static RegexNode Empty { get; } = new RegexConcatenation([]);
}

/// <summary>Matches one code point of a set; a set without code points matches nothing.</summary>
internal sealed record RegexCharacter(RuneSet Set) : RegexNode;

/// <summary>Matches each part in turn.</summary>
internal sealed record RegexConcatenation(IReadOnlyList<RegexNode> Parts) : RegexNode;

/// <summary>Matches one of several alternatives.</summary>
internal sealed record RegexAlternation(IReadOnlyList<RegexNode> Alternatives) : RegexNode;

/// <summary>Matches a part several times.</summary>
/// <param name="Part">What is repeated.</param>
/// <param name="Min">The fewest times.</param>
/// <param name="Max">The most times; null when there is no end.</param>
internal sealed record RegexRepetition(RegexNode Part, int Min, int? Max) : RegexNode;

/// <summary>Matches the empty string where a condition holds.</summary>
internal sealed record RegexAssertion(RegexCondition Condition) : RegexNode;

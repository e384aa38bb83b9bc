namespace Tsdb.Model.Matching.Expressions;

/// <summary>What may hold between two characters; a set of bits, as several may hold at once.</summary>
[Flags]
internal enum RegexCondition : byte
{
    /// <summary>No condition.</summary>
    None = 0,

    /// <summary>The value begins here: <c>\A</c>, <c>^</c>.</summary>
    BeginText = 1,

    /// <summary>The value ends here: <c>\z</c>, <c>$</c>.</summary>
    EndText = 2,

    /// <summary>A line begins here: <c>(?m)^</c>.</summary>
    BeginLine = 4,

    /// <summary>A line ends here: <c>(?m)$</c>.</summary>
    EndLine = 8,

    /// <summary>Of the characters on both sides exactly one is of a word: <c>\b</c>.</summary>
    WordBoundary = 16,

    /// <summary>Of the characters on both sides both or none are of a word: <c>\B</c>.</summary>
    NoWordBoundary = 32,
}

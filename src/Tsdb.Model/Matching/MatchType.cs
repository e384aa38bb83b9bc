namespace Tsdb.Model.Matching;

/// <summary>How a matcher compares a label's value.</summary>
public enum MatchType
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c>: the whole value matches the regular expression.</summary>
    Matches,

    /// <summary><c>!~</c>: the whole value does not match the regular expression.</summary>
    NotMatches,
}

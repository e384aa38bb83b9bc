namespace Tsdb.Model.Matching.Expressions;

/// <summary>
/// What <c>(?flags)</c> can change. <c>U</c> swaps greedy and lazy, which makes no difference to whole values, so it is accepted and
/// forgotten.
/// </summary>
[Flags]
internal enum RegexFlags
{
    /// <summary>Nothing set.</summary>
    None = 0,

    /// <summary><c>i</c>: letters match in either case.</summary>
    FoldCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> match at lines.</summary>
    MultiLine = 2,

    /// <summary><c>s</c>: the dot matches newlines. Set from the start, as Prometheus does.</summary>
    DotMatchesNewline = 4,
}

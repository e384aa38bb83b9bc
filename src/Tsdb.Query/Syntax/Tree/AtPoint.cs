namespace Tsdb.Query.Syntax.Tree;

/// <summary>What an <c>@</c> modifier pins a selector to.</summary>
public enum AtPoint : byte
{
    /// <summary>A point in time that is written out.</summary>
    Timestamp,

    /// <summary><c>start()</c>: the first step of the query.</summary>
    Start,

    /// <summary><c>end()</c>: the last step of the query.</summary>
    End,
}

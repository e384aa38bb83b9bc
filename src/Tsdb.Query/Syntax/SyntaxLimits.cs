namespace Tsdb.Query.Syntax;

/// <summary>How large a query text may be. They bound the parser's stack and the work of everything that walks the tree.</summary>
public static class SyntaxLimits
{
    /// <summary>Most UTF-16 code units in a query.</summary>
    public const int MaxLength = 64 << 10;

    /// <summary>Most brackets of all kinds open at once; a level takes about 4 KB of stack.</summary>
    public const int MaxNesting = 100;

    /// <summary>Most operators, signs and ranges in a query: a chain of them is a tree as high as the chain is long, and the tree is walked recursively.</summary>
    public const int MaxOperators = 1000;
}

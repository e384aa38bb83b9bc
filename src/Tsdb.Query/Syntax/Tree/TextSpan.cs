namespace Tsdb.Query.Syntax.Tree;

/// <summary>A piece of the query text, in UTF-16 code units.</summary>
/// <param name="Start">Index of the first code unit.</param>
/// <param name="End">Index behind the last code unit; equal to <paramref name="Start"/> when the piece is empty.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>The number of code units.</summary>
    public int Length => End - Start;

    /// <summary>The smallest piece that holds both pieces and what lies between them.</summary>
    public TextSpan Through(TextSpan other) => new(Math.Min(Start, other.Start), Math.Max(End, other.End));
}

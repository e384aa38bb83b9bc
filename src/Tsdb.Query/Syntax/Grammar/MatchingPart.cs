using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>A modifier of a binary operator, or several.</summary>
/// <param name="End">Index behind its last code unit.</param>
/// <param name="Apply">Sets what the modifier says.</param>
internal sealed record MatchingPart(int End, Func<VectorMatching, VectorMatching> Apply)
{
    /// <summary>This modifier and then the next; null means there is none.</summary>
    public MatchingPart Then(MatchingPart? next) =>
        next is null ? this : new MatchingPart(next.End, matching => next.Apply(Apply(matching)));
}

using Tsdb.Query.Errors;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Which functions take a range selector with <c>anchored</c> or <c>smoothed</c>.</summary>
internal static class EdgeRules
{
    private static readonly string[] Anchored = ["changes", "delta", "increase", "rate", "resets"];
    private static readonly string[] Smoothed = ["delta", "increase", "rate"];

    /// <summary>The modifier of a range vector; plain for a subquery.</summary>
    public static RangeEdges Of(Expression argument) =>
        Parentheses.Unwrap(argument) is MatrixSelector matrix ? matrix.Selector.Edges : RangeEdges.Plain;

    /// <summary>Refuses a call of a function that does not take its argument's modifier.</summary>
    /// <exception cref="QueryExecutionException">It does not.</exception>
    public static void Check(Call call)
    {
        foreach (Expression argument in call.Arguments)
        {
            RangeEdges edges = Of(argument);
            (string modifier, string[] takers) = edges == RangeEdges.Anchored ? ("anchored", Anchored) : ("smoothed", Smoothed);
            if (edges != RangeEdges.Plain && !takers.Contains(call.Function))
            {
                throw new QueryExecutionException(
                    $"{modifier} modifier can only be used with: {string.Join(", ", takers)} - not with {call.Function}");
            }
        }
    }
}

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Makes the tree of operands with operators between them.</summary>
internal static class OperatorChain
{
    /// <summary>Joins operands at the strongest operators first, and from the left where operators bind equally.</summary>
    /// <param name="first">The first operand.</param>
    /// <param name="rest">The operators, each with the operand to its right.</param>
    /// <param name="binding">How strongly an operator binds.</param>
    /// <param name="join">Puts an operator between its operands.</param>
    public static T Fold<T, TOperator>(
        T first, IReadOnlyList<(TOperator Operator, T Right)> rest, Func<TOperator, int> binding, Func<T, TOperator, T, T> join)
    {
        if (rest.Count == 0)
            return first;

        // What waits on the stack binds more and more strongly, and its right operand is still growing.
        var waiting = new Stack<(T Left, TOperator Operator)>();
        T current = first;
        foreach ((TOperator op, T right) in rest)
        {
            while (waiting.TryPeek(out (T Left, TOperator Operator) before) && binding(before.Operator) >= binding(op))
            {
                current = join(before.Left, before.Operator, current);
                waiting.Pop();
            }

            waiting.Push((current, op));
            current = right;
        }

        while (waiting.TryPop(out (T Left, TOperator Operator) before))
            current = join(before.Left, before.Operator, current);
        return current;
    }
}

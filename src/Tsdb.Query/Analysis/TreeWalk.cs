using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>Walks syntax trees.</summary>
public static class TreeWalk
{
    /// <summary>The expressions directly below one, in the order written.</summary>
    public static IEnumerable<Expression> Children(Expression expression)
    {
        switch (expression)
        {
            case Paren paren:
                return [paren.Inner];
            case Unary unary:
                return [unary.Operand];
            case Binary binary:
                return [binary.Left, binary.Right];
            case Call call:
                return call.Arguments;
            case Aggregate aggregate:
                return aggregate.Parameter is null ? [aggregate.Inner] : [aggregate.Parameter, aggregate.Inner];
            case MatrixSelector matrix:
                return [matrix.Selector];
            case Subquery subquery:
                return [subquery.Inner];
            default:
                return [];
        }
    }

    /// <summary>The expression and all below it, each before those below it.</summary>
    public static IEnumerable<Expression> SelfAndDescendants(Expression root)
    {
        var pending = new Stack<Expression>([root]);
        while (pending.TryPop(out Expression? expression))
        {
            yield return expression;
            foreach (Expression child in Children(expression).Reverse())
                pending.Push(child);
        }
    }
}

using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Looks through parentheses.</summary>
internal static class Parentheses
{
    /// <summary>The expression without parentheses around it.</summary>
    public static Expression Unwrap(Expression expression)
    {
        while (expression is Paren paren)
        {
            expression = paren.Inner;
        }

        return expression;
    }
}

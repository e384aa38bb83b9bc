using System.Text;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Printing;

/// <summary>Prints a query in PromQL's canonical form, on one line. Parsing what is printed gives the same tree, positions aside.</summary>
public static class ExpressionPrinter
{
    /// <summary>The query as text.</summary>
    public static string Print(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var text = new StringBuilder();
        Append(text, expression);
        return text.ToString();
    }

    /// <summary>The name of an aggregation with its labels: what stands in front of the parenthesis.</summary>
    internal static string Head(Aggregate aggregate)
    {
        var text = new StringBuilder(Symbols.Of(aggregate.Operator));
        if (aggregate.Without || aggregate.Grouping.Length > 0)
        {
            text.Append(aggregate.Without ? " without (" : " by (");
            SelectorPrinter.AppendLabels(text, aggregate.Grouping);
            text.Append(") ");
        }

        return text.ToString();
    }

    /// <summary>A binary operator with its modifiers.</summary>
    internal static string Head(Binary binary)
    {
        var text = new StringBuilder(Symbols.Of(binary.Operator));
        if (binary.ReturnBool)
            text.Append(" bool");
        AppendMatching(text, binary.Matching);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case NumberLiteral number:
                text.Append(number.IsDuration ? DurationText.Format(number.Value) : NumberText.Format(number.Value));
                break;
            case StringLiteral literal:
                text.Append(QuotedText.Quote(literal.Value));
                break;
            case VectorSelector vector:
                SelectorPrinter.Append(text, vector);
                break;
            case MatrixSelector matrix:
                SelectorPrinter.Append(text, matrix);
                break;
            case Subquery subquery:
                AppendTight(text, subquery.Inner);
                SelectorPrinter.AppendSuffix(text, subquery);
                break;
            case Paren paren:
                text.Append('(');
                Append(text, paren.Inner);
                text.Append(')');
                break;
            case Unary unary:
                text.Append(unary.Negate ? '-' : '+');
                Append(text, unary.Operand);
                break;
            case Binary binary:
                if (binary.Operator == BinaryOperator.Power)
                    AppendTight(text, binary.Left);
                else
                    Append(text, binary.Left);
                text.Append(' ').Append(Head(binary)).Append(' ');
                Append(text, binary.Right);
                break;
            case Call call:
                AppendCall(text, call.Function, call.Arguments);
                break;
            case Aggregate aggregate:
                AppendCall(text, Head(aggregate), aggregate.Parameter is null ? [aggregate.Inner] : [aggregate.Parameter, aggregate.Inner]);
                break;
            default:
                throw new ArgumentException($"The node {expression.GetType().Name} is no expression of a query.", nameof(expression));
        }
    }

    // An operand of what binds tighter than a sign: the sign of "+Inf" would be read again as one of the whole.
    private static void AppendTight(StringBuilder text, Expression operand)
    {
        if (operand is NumberLiteral { Value: double.PositiveInfinity })
            text.Append("Inf");
        else
            Append(text, operand);
    }

    private static void AppendCall(StringBuilder text, string head, IReadOnlyList<Expression> arguments)
    {
        text.Append(head).Append('(');
        for (int i = 0; i < arguments.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Append(text, arguments[i]);
        }

        text.Append(')');
    }

    private static void AppendMatching(StringBuilder text, VectorMatching matching)
    {
        bool isGrouped = matching.Cardinality is MatchCardinality.ManyToOne or MatchCardinality.OneToMany;
        if (matching.On || matching.Labels.Length > 0 || isGrouped)
        {
            text.Append(matching.On ? " on (" : " ignoring (");
            SelectorPrinter.AppendLabels(text, matching.Labels);
            text.Append(')');
        }

        if (isGrouped)
        {
            text.Append(matching.Cardinality == MatchCardinality.ManyToOne ? " group_left (" : " group_right (");
            SelectorPrinter.AppendLabels(text, matching.Include);
            text.Append(')');
        }

        if (matching.FillLeft is { } left && matching.FillRight is { } right && left.Equals(right))
            AppendFill(text, "fill", left);
        else
        {
            AppendFill(text, "fill_left", matching.FillLeft);
            AppendFill(text, "fill_right", matching.FillRight);
        }
    }

    private static void AppendFill(StringBuilder text, string keyword, double? value)
    {
        if (value is { } number)
            text.Append(' ').Append(keyword).Append(" (").Append(NumberText.FormatCompact(number)).Append(')');
    }
}

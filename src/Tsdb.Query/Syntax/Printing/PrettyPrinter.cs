using System.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Printing;

/// <summary>Prints a query over several lines: what does not fit on a line is split at its outermost operator or call and indented.</summary>
public sealed class PrettyPrinter
{
    /// <summary>The width Prometheus formats queries to.</summary>
    public const int DefaultWidth = 100;

    private const int IndentWidth = 2;

    private readonly StringBuilder _text = new();
    private readonly int _width;

    private PrettyPrinter(int width) => _width = width;

    /// <summary>The query as text.</summary>
    /// <param name="expression">The tree of the query.</param>
    /// <param name="width">Most characters of a node that stays on one line; its indentation does not count.</param>
    public static string Print(Expression expression, int width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var printer = new PrettyPrinter(width);
        printer.Append(expression, 0);
        return printer._text.ToString();
    }

    private void Append(Expression expression, int level)
    {
        Indent(level);
        AppendIndented(expression, level);
    }

    // The first line's indentation is there already.
    private void AppendIndented(Expression expression, int level)
    {
        string line = ExpressionPrinter.Print(expression);
        if (line.Length <= _width)
        {
            _text.Append(line);
            return;
        }

        switch (expression)
        {
            case Paren paren:
                AppendList("", [paren.Inner], level);
                break;
            case Call call:
                AppendList(call.Function, call.Arguments, level);
                break;
            case Aggregate aggregate:
                Expression[] arguments = aggregate.Parameter is null ? [aggregate.Inner] : [aggregate.Parameter, aggregate.Inner];
                AppendList(ExpressionPrinter.Head(aggregate), arguments, level);
                break;
            case Unary unary:
                _text.Append(unary.Negate ? '-' : '+');
                AppendIndented(unary.Operand, level);
                break;
            case Subquery subquery:
                AppendIndented(subquery.Inner, level);
                SelectorPrinter.AppendSuffix(_text, subquery);
                break;
            case Binary binary:
                _text.Append(' ', IndentWidth); // the left operand stands one level deeper than the operator
                AppendIndented(binary.Left, level + 1);
                _text.Append('\n');
                Indent(level);
                _text.Append(ExpressionPrinter.Head(binary)).Append('\n');
                Append(binary.Right, level + 1);
                break;
            default:
                _text.Append(line);
                break;
        }
    }

    private void AppendList(string head, IReadOnlyList<Expression> items, int level)
    {
        _text.Append(head).Append("(\n");
        for (int i = 0; i < items.Count; i++)
        {
            Append(items[i], level + 1);
            _text.Append(i < items.Count - 1 ? ",\n" : "\n");
        }

        Indent(level);
        _text.Append(')');
    }

    private void Indent(int level) => _text.Append(' ', level * IndentWidth);
}

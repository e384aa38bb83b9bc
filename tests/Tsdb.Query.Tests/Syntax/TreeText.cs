using System.Globalization;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Syntax;

/// <summary>Writes a tree so that its shape can be read in a test: the operator first, all in parentheses, positions left out.</summary>
internal static class TreeText
{
    public static string Of(Expression? expression) => expression switch
    {
        null => "-",
        NumberLiteral n => Number(n.Value) + (n.IsDuration ? "s" : ""),
        StringLiteral s => $"'{s.Value}'",
        VectorSelector v => Selector(v),
        MatrixSelector m => $"(range {Selector(m.Selector)} {Of(m.Range)})",
        Subquery q => $"(subquery {Of(q.Inner)} {Of(q.Range)} {Of(q.Step)}{Modifiers(q.Offset, q.At)})",
        Call c => $"({string.Join(' ', c.Arguments.Select(Of).Prepend($"call {c.Function}"))})",
        Aggregate a => $"({a.Operator} {(a.Without ? "without" : "by")}[{string.Join(',', a.Grouping)}] {Of(a.Parameter)} {Of(a.Inner)})",
        Unary u => $"({(u.Negate ? "neg" : "pos")} {Of(u.Operand)})",
        Paren p => $"(paren {Of(p.Inner)})",
        Binary b => $"({b.Operator}{(b.ReturnBool ? " bool" : "")}{Matching(b.Matching)} {Of(b.Left)} {Of(b.Right)})",
        _ => throw new ArgumentException(expression.GetType().Name, nameof(expression)),
    };

    public static string Of(Duration? duration) => duration switch
    {
        null => "-",
        DurationLiteral d => Number(d.Seconds) + (d.IsNumber ? "" : "s"),
        DurationQueryValue q => q.IsStep ? "step" : "range",
        DurationNegation n => $"(neg {Of(n.Operand)})",
        DurationParen p => $"(paren {Of(p.Inner)})",
        DurationChoice c => $"({(c.IsMax ? "max" : "min")} {Of(c.Left)} {Of(c.Right)})",
        DurationBinary b => $"({b.Operator} {Of(b.Left)} {Of(b.Right)})",
        _ => throw new ArgumentException(duration.GetType().Name, nameof(duration)),
    };

    // With the sign of zero and all digits, so that equal texts mean equal bits.
    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Selector(VectorSelector v)
    {
        string matchers = string.Join(",", v.Matchers.Select(m => $"{m.Name} {m.Type} {m.Value}").Order(StringComparer.Ordinal));
        string edges = v.Edges == RangeEdges.Plain ? "" : $" {v.Edges}";
        return $"{v.Name}{{{matchers}}}{edges}{Modifiers(v.Offset, v.At)}";
    }

    private static string Modifiers(Duration? offset, AtModifier? at) =>
        (offset is null ? "" : $" offset:{Of(offset)}") + (at is null ? "" : $" @{at.Point}:{at.TimestampMs}");

    private static string Matching(VectorMatching m)
    {
        string text = $" {m.Cardinality} {(m.On ? "on" : "ignoring")}[{string.Join(',', m.Labels)}] include[{string.Join(',', m.Include)}]"
            + (m.FillLeft is { } left ? $" left={Number(left)}" : "") + (m.FillRight is { } right ? $" right={Number(right)}" : "");
        return text is " OneToOne ignoring[] include[]" or " ManyToMany ignoring[] include[]" ? "" : text;
    }
}

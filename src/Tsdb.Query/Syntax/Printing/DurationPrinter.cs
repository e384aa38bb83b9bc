using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Printing;

/// <summary>Prints durations.</summary>
internal static class DurationPrinter
{
    /// <summary>A whole range, step or offset: a constant is printed with units even when it was written as a number.</summary>
    public static string Print(Duration duration) =>
        duration is DurationLiteral literal ? DurationText.Format(literal.Seconds) : PrintOperand(duration);

    private static string PrintOperand(Duration duration) => duration switch
    {
        DurationLiteral { IsNumber: true } literal => NumberText.Format(literal.Seconds),
        DurationLiteral literal => DurationText.Format(literal.Seconds),
        DurationQueryValue { IsStep: true } => "step()",
        DurationQueryValue => "range()",
        DurationNegation negation => "-" + PrintOperand(negation.Operand),
        DurationBinary binary => $"{PrintOperand(binary.Left)} {Symbols.Of(binary.Operator)} {PrintOperand(binary.Right)}",
        DurationChoice choice => $"{(choice.IsMax ? "max_of" : "min_of")}({PrintOperand(choice.Left)}, {PrintOperand(choice.Right)})",
        DurationParen paren => $"({PrintOperand(paren.Inner)})",
        _ => throw new ArgumentException($"The node {duration.GetType().Name} is no duration.", nameof(duration)),
    };
}

using System.Globalization;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Puts modifiers on selectors, and refuses them where they cannot stand. The errors are worded and placed as Prometheus' are.</summary>
internal static class Selection
{
    /// <summary>A selector with a range.</summary>
    public static MatrixSelector WithRange(Expression operand, Token open, Duration range, Token close)
    {
        string? fault = operand switch
        {
            VectorSelector { Offset: not null } => "no offset modifiers allowed before range",
            VectorSelector { At: not null } => "no @ modifiers allowed before range",
            VectorSelector => null,
            _ => "ranges only allowed for vector selectors",
        };
        if (fault is not null)
            throw new QuerySyntaxException(open.Source, open.Span.Through(close.Span), fault);
        return new MatrixSelector(operand.Span with { End = close.End }, (VectorSelector)operand, range);
    }

    /// <summary>A selector or subquery with an offset.</summary>
    public static Expression WithOffset(Expression operand, Token keyword, Duration offset)
    {
        bool isSet = operand is VectorSelector { Offset: not null } or MatrixSelector { Selector.Offset: not null } or Subquery { Offset: not null };
        if (isSet)
            throw Fault(operand, keyword, "offset may not be set multiple times");
        TextSpan span = operand.Span with { End = offset.Span.End };
        return operand switch
        {
            VectorSelector vector => vector with { Span = span, Offset = offset },
            MatrixSelector matrix => matrix with { Span = span, Selector = matrix.Selector with { Offset = offset } },
            Subquery subquery => subquery with { Span = span, Offset = offset },
            _ => throw Misplaced(operand, keyword, "offset"),
        };
    }

    /// <summary>A selector or subquery pinned to a point in time.</summary>
    public static Expression WithAt(Expression operand, Token sign, AtPlace place)
    {
        if (!(Math.Abs(place.Seconds) < long.MaxValue))
            throw Fault(operand, sign, $"timestamp out of bounds for @ modifier: {FixedPoint(place.Seconds)}");
        bool isSet = operand is VectorSelector { At: not null } or MatrixSelector { Selector.At: not null } or Subquery { At: not null };
        if (isSet)
            throw Fault(operand, sign, "@ <timestamp> may not be set multiple times");
        var at = new AtModifier(place.Point, (long)Math.Round(place.Seconds * 1000, MidpointRounding.AwayFromZero));
        TextSpan span = operand.Span with { End = place.End };
        return operand switch
        {
            VectorSelector vector => vector with { Span = span, At = at },
            MatrixSelector matrix => matrix with { Span = span, Selector = matrix.Selector with { At = at } },
            Subquery subquery => subquery with { Span = span, At = at },
            _ => throw Misplaced(operand, sign, "@"),
        };
    }

    /// <summary>A selector with anchored or smoothed edges.</summary>
    public static Expression WithEdges(Expression operand, Token keyword)
    {
        string name = keyword.Kind == TokenKind.Anchored ? "anchored" : "smoothed";
        RangeEdges edges = keyword.Kind == TokenKind.Anchored ? RangeEdges.Anchored : RangeEdges.Smoothed;
        RangeEdges present = operand switch
        {
            VectorSelector vector => vector.Edges,
            MatrixSelector matrix => matrix.Selector.Edges,
            Subquery => throw Fault(operand, keyword, $"{name} modifier is not supported for subqueries"),
            _ => throw Fault(operand, keyword, $"{name} modifier not implemented"),
        };
        if (present != RangeEdges.Plain && present != edges)
            throw Fault(operand, keyword, "anchored and smoothed modifiers cannot be used together");
        TextSpan span = operand.Span with { End = keyword.End };
        return operand is MatrixSelector range
            ? range with { Span = span, Selector = range.Selector with { Edges = edges } }
            : (VectorSelector)operand with { Span = span, Edges = edges };
    }

    private static QuerySyntaxException Misplaced(Expression operand, Token modifier, string name) =>
        Fault(operand, modifier, $"{name} modifier must be preceded by an instant vector selector or range vector selector or a subquery");

    private static QuerySyntaxException Fault(Expression operand, Token modifier, string reason) => new(modifier.Source, operand.Span, reason);

    private static string FixedPoint(double seconds) =>
        double.IsFinite(seconds) ? seconds.ToString("F6", CultureInfo.InvariantCulture) : NumberText.Format(seconds);
}

using System.Globalization;
using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;
using MatchType = Tsdb.Model.Matching.MatchType; // System.IO has one too

namespace Tsdb.Query.Syntax.Printing;

/// <summary>Prints selectors and their modifiers.</summary>
internal static class SelectorPrinter
{
    /// <summary>A vector selector.</summary>
    public static void Append(StringBuilder text, VectorSelector selector)
    {
        AppendSeries(text, selector);
        AppendAt(text, selector.At);
        AppendEdges(text, selector.Edges);
        AppendOffset(text, selector.Offset);
    }

    /// <summary>A selector with a range.</summary>
    public static void Append(StringBuilder text, MatrixSelector matrix)
    {
        AppendSeries(text, matrix.Selector);
        text.Append('[').Append(DurationPrinter.Print(matrix.Range)).Append(']');
        AppendEdges(text, matrix.Selector.Edges);
        AppendAt(text, matrix.Selector.At);
        AppendOffset(text, matrix.Selector.Offset);
    }

    /// <summary>What follows the inner expression of a subquery.</summary>
    public static void AppendSuffix(StringBuilder text, Subquery subquery)
    {
        text.Append('[').Append(DurationPrinter.Print(subquery.Range)).Append(':');
        if (subquery.Step is not null)
            text.Append(DurationPrinter.Print(subquery.Step));
        text.Append(']');
        AppendAt(text, subquery.At);
        AppendOffset(text, subquery.Offset);
    }

    /// <summary>Label names between commas, quoted where they must be.</summary>
    public static void AppendLabels(StringBuilder text, IEnumerable<string> names) => text.AppendJoin(", ", names.Select(LabelName));

    private static void AppendSeries(StringBuilder text, VectorSelector selector)
    {
        text.Append(selector.Name);
        string[] matchers =
        [
            .. selector.Matchers.Where(matcher => !IsName(matcher, selector.Name)).Select(Matcher).Order(StringComparer.Ordinal),
        ];
        if (matchers.Length > 0)
            text.Append('{').AppendJoin(',', matchers).Append('}');
        else if (selector.Name is null)
            text.Append("{}");
    }

    private static bool IsName(LabelMatcher matcher, string? name) =>
        matcher.Type == MatchType.Equal && matcher.Name == LabelNames.MetricName && matcher.Value == name;

    private static string Matcher(LabelMatcher matcher) =>
        $"{LabelName(matcher.Name)}{Symbols.Of(matcher.Type)}{QuotedText.Quote(matcher.Value)}";

    private static string LabelName(string name)
    {
        bool isPlain = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c));
        return isPlain ? name : QuotedText.Quote(name);
    }

    private static void AppendAt(StringBuilder text, AtModifier? at)
    {
        switch (at)
        {
            case null:
                break;
            case { Point: AtPoint.Start }:
                text.Append(" @ start()");
                break;
            case { Point: AtPoint.End }:
                text.Append(" @ end()");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $" @ {at.TimestampMs / 1000m:F3}");
                break;
        }
    }

    private static void AppendEdges(StringBuilder text, RangeEdges edges) => text.Append(edges switch
    {
        RangeEdges.Anchored => " anchored",
        RangeEdges.Smoothed => " smoothed",
        _ => "",
    });

    private static void AppendOffset(StringBuilder text, Duration? offset)
    {
        if (offset is not null and not DurationLiteral { Seconds: 0 })
            text.Append(" offset ").Append(DurationPrinter.Print(offset));
    }
}

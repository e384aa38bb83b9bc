namespace Tsdb.Model.Matching.Expressions;

/// <summary>Drops <c>^</c> at the start and <c>$</c> at the end of an expression: a whole value is matched anyway.</summary>
internal static class RegexAnchors
{
    /// <summary>The expression without anchors that always hold.</summary>
    public static RegexNode Strip(RegexNode node) =>
        Strip(node, RegexCondition.BeginText | RegexCondition.BeginLine, RegexCondition.EndText | RegexCondition.EndLine);

    // What holds before and after the node is known where it touches an end of the value; None elsewhere.
    private static RegexNode Strip(RegexNode node, RegexCondition before, RegexCondition after)
    {
        switch (node)
        {
            case RegexAssertion assertion when ((before | after) & assertion.Condition) != 0:
                return RegexNode.Empty;
            case RegexAlternation alternation:
                return new RegexAlternation([.. alternation.Alternatives.Select(alternative => Strip(alternative, before, after))]);
            case RegexConcatenation concatenation:
                return Strip(concatenation, before, after);
            default:
                return node;
        }
    }

    private static RegexConcatenation Strip(RegexConcatenation concatenation, RegexCondition before, RegexCondition after)
    {
        var parts = new List<RegexNode>();
        int last = concatenation.Parts.Count - 1;
        for (int i = 0; i <= last; i++)
        {
            RegexNode part = Strip(concatenation.Parts[i], i == 0 ? before : RegexCondition.None, i == last ? after : RegexCondition.None);
            if (part is RegexConcatenation inner)
            {
                parts.AddRange(inner.Parts); // flat, so that literals next to each other are found
            }
            else
            {
                parts.Add(part);
            }
        }

        return new RegexConcatenation(parts);
    }
}

using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Syntax;

public sealed class SpanTests
{
    [TestCase("a", "a")]
    [TestCase(" a{b=\"c\"} offset 5m ", "a{b=\"c\"} offset 5m")]
    [TestCase("a[5m] @ end() ", "a[5m] @ end()|a")]
    [TestCase("sum( a ) by (b) + 1", "sum( a ) by (b) + 1|sum( a ) by (b)|a|1")]
    [TestCase("topk by (x) (3, - a)", "topk by (x) (3, - a)|3|- a|a")]
    [TestCase("f(a, (b) )", "f(a, (b) )|a|(b)|b")]
    [TestCase("- 1", "- 1")]
    [TestCase("rate(a[1m])[5m:] offset 1m", "rate(a[1m])[5m:] offset 1m|rate(a[1m])|a[1m]|a")]
    [TestCase("\"é\" + 'x'", "\"é\" + 'x'|\"é\"|'x'")]
    public void Parse_EachNode_KnowsItsPlace(string query, string pieces)
    {
        IEnumerable<string> found = TreeWalk.SelfAndDescendants(PromQlParser.Parse(query)).Select(node => query[node.Span.Start..node.Span.End]);
        Assert.That(string.Join('|', found), Is.EqualTo(pieces));
    }

    [TestCase("a  + b", "+")]
    [TestCase("a == bool b", "== bool")]
    [TestCase("a + on (x) group_left (y) fill (1) b", "+ on (x) group_left (y) fill (1)")]
    [TestCase("a + ignoring(x) group_right b", "+ ignoring(x) group_right")]
    public void Parse_Operator_KnowsItsPlaceWithItsModifiers(string query, string piece)
    {
        TextSpan span = ((Binary)PromQlParser.Parse(query)).OperatorSpan;
        Assert.That(query[span.Start..span.End], Is.EqualTo(piece));
    }
}

using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Syntax;

public sealed class ParserProperties
{
    private static readonly string[] Words =
    [
        "a", "sum", "by", "without", "on", "ignoring", "group_left", "bool", "offset", "fill", "start", "step", "min_of", "and", "or", "inf",
        "(", ")", "{", "}", "[", "]", ",", ":", "=", "=~", "!=", "==", "<", "</", "@", "+", "-", "*", "^", "%", "1", "5m", "0x1", ".5",
        "'x'", "\"\\x41\"", "`y`", "\"", "#", "\n", " ", "é", "anchored", "rate", "topk", "~", "!",
    ];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Parse_WhatWasPrinted_GivesTheSameTree(int seed)
    {
        Expression expression = new RandomQuery(seed).Expression(4);
        string printed = ExpressionPrinter.Print(expression);
        Assert.That(TreeText.Of(PromQlParser.Parse(printed)), Is.EqualTo(TreeText.Of(expression)), printed);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Parse_WhatWasPrintedOverLines_GivesTheSameTree(int seed, byte width)
    {
        Expression expression = new RandomQuery(seed).Expression(4);
        string printed = PrettyPrinter.Print(expression, width);
        Assert.That(TreeText.Of(PromQlParser.Parse(printed)), Is.EqualTo(TreeText.Of(expression)), printed);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Parse_AnyText_ParsesOrRefuses(string? text) => ParseOrRefuse(text ?? "");

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void Parse_AnyWords_ParsesOrRefuses(byte[] words) =>
        ParseOrRefuse(string.Join(words.Length % 2 == 0 ? " " : "", words.Select(word => Words[word % Words.Length])));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void Parse_QueryWithAPieceCutOut_ParsesOrRefuses(int seed, ushort at, byte length)
    {
        string printed = ExpressionPrinter.Print(new RandomQuery(seed).Expression(3));
        int start = at % (printed.Length + 1);
        ParseOrRefuse(printed.Remove(start, Math.Min(length % 8, printed.Length - start)));
    }

    [TestCase("++Inf ^ a")]
    [TestCase("-Inf ^ Inf ^ -Inf")]
    [TestCase("Inf[5m:1m]")]
    public void Parse_SignedInfinityUnderATighterOperator_PrintsTheSameAgain(string query) => ParseOrRefuse(query);

    private static void ParseOrRefuse(string query)
    {
        try
        {
            Expression expression = PromQlParser.Parse(query);
            string printed = ExpressionPrinter.Print(expression);
            Assert.That(ExpressionPrinter.Print(PromQlParser.Parse(printed)), Is.EqualTo(printed));
            QueryAnalyzer.Check(query, expression, QueryFeatures.Default);
        }
        catch (QuerySyntaxException e)
        {
            Assert.That(e.Message, Does.StartWith($"{e.Line}:{e.Column}: parse error: "));
            Assert.That(e.Span.Start, Is.InRange(0, query.Length));
            Assert.That(e.Span.End, Is.InRange(e.Span.Start, query.Length));
        }
    }
}

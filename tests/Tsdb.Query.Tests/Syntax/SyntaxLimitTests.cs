using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Syntax;

public sealed class SyntaxLimitTests
{
    private const int SmallStackBytes = 1 << 20; // smaller than that of a pool thread

    /// <summary>Makes a query that needs a number of brackets, or of operators and ranges.</summary>
    private static readonly Func<int, string>[] Nested =
    [
        n => new string('(', n) + "1" + new string(')', n),
        n => string.Concat(Enumerable.Repeat("abs(", n - 1)) + "a{b='c'}" + new string(')', n - 1),
        n => string.Concat(Enumerable.Repeat("sum by (x) (", n)) + "a" + new string(')', n),
        n => "a[" + new string('(', n - 1) + "1" + new string(')', n - 1) + "]",
    ];

    private static readonly Func<int, string>[] Chained =
    [
        n => string.Join('+', Enumerable.Repeat("a", n + 1)),
        n => string.Join('^', Enumerable.Repeat("a", n + 1)),
        n => string.Join("or", Enumerable.Repeat(" a ", n + 1)),
        n => new string('-', n) + "a",
        n => "a" + string.Concat(Enumerable.Repeat("[1m:]", n)),
    ];

    private static IEnumerable<string> AtTheLimit => Queries(0);

    private static IEnumerable<string> BeyondTheLimit => Queries(1);

    [TestCaseSource(nameof(AtTheLimit))]
    public void Parse_AtALimit_NeedsLittleStack(string query)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record(() => ParseCheckAndPrint(query)), SmallStackBytes);
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null.Or.TypeOf<QuerySyntaxException>().With.Message.Contains("subquery is only allowed"));
    }

    [TestCaseSource(nameof(BeyondTheLimit))]
    public void Parse_BeyondALimit_IsRefused(string query) =>
        Assert.That(() => PromQlParser.Parse(query), Throws.TypeOf<QuerySyntaxException>().With.Message.Contains("limit of"));

    [Test]
    public void Parse_LongestQuery_IsRefusedOnlyBeyondTheLimit()
    {
        string longest = "\"" + new string('x', SyntaxLimits.MaxLength - 2) + "\"";
        Assert.That(() => PromQlParser.Parse(longest), Throws.Nothing);
        Assert.That(() => PromQlParser.Parse(longest + " "), Throws.TypeOf<QuerySyntaxException>().With.Message.Contains("limit of 65536"));
    }

    private static IEnumerable<string> Queries(int beyond) =>
        Nested.Select(make => make(SyntaxLimits.MaxNesting + beyond)).Concat(Chained.Select(make => make(SyntaxLimits.MaxOperators + beyond)));

    private static void ParseCheckAndPrint(string query)
    {
        Expression expression = PromQlParser.Parse(query);
        ExpressionPrinter.Print(expression);
        PrettyPrinter.Print(expression);
        QueryAnalyzer.Check(query, expression, QueryFeatures.Default);
    }

    private static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (QuerySyntaxException e)
        {
            return e;
        }
    }
}

using System.Text.RegularExpressions;
using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Syntax;

/// <summary>The parser against the reference's own tables of valid, invalid and printed expressions.</summary>
public sealed class ParserConformanceTests
{
    [Test]
    public void Parse_EveryValidExpression_IsAccepted()
    {
        Assert.Multiple(() =>
        {
            foreach (string[] row in ConformanceTable.Read("parse-ok.txt"))
                Assert.That(() => ParseAndCheck(row[0]), Throws.Nothing, row[0]);
        });
    }

    [Test]
    public void Parse_EveryInvalidExpression_IsRefusedWhereTheReferenceRefusesIt()
    {
        IReadOnlyList<string[]> rows = ConformanceTable.Read("parse-errors.tsv");
        int rightPlaces = 0;
        int rightMessages = 0;
        foreach (string[] row in rows)
        {
            (string reason, string place) = Refusal(row[0]);
            rightPlaces += place == row[2] ? 1 : 0;
            rightMessages += reason == row[1] ? 1 : 0;
            if (place != row[2] || reason != row[1])
                TestContext.Progress.WriteLine($"{row[0]}: {place} {reason}; the reference says {row[2]} {row[1]}");
        }

        TestContext.Progress.WriteLine($"Right places {rightPlaces}, right messages {rightMessages} of {rows.Count}.");
        Assert.That(rightPlaces, Is.GreaterThanOrEqualTo(rows.Count * 0.95));
    }

    [Test]
    public void Print_EveryExpression_GivesTheCanonicalForm()
    {
        Assert.Multiple(() =>
        {
            foreach (string[] row in ConformanceTable.Read("print.tsv"))
            {
                string printed = ExpressionPrinter.Print(PromQlParser.Parse(row[0]));
                Assert.That(printed, Is.EqualTo(row[1]), row[0]);
                Assert.That(ExpressionPrinter.Print(PromQlParser.Parse(printed)), Is.EqualTo(printed), row[0]);
            }
        });
    }

    [Test]
    public void Parse_EveryQueryOfTheScripts_IsAcceptedAndPrintsToItself()
    {
        var command = new Regex(@"^eval(_\w+)? (instant at \S+|range from \S+ to \S+ step \S+) (?<query>.*)$", RegexOptions.CultureInvariant);
        Match[] matches = [.. ConformanceTable.Lines("*.test").Select(line => command.Match(line.Trim())).Where(match => match.Success)];
        Assert.Multiple(() =>
        {
            foreach (string query in matches.Select(match => match.Groups["query"].Value))
            {
                string printed = "";
                Assert.That(() => printed = ExpressionPrinter.Print(ParseAndCheck(query)), Throws.Nothing, query);
                Assert.That(() => ExpressionPrinter.Print(PromQlParser.Parse(printed)), Is.EqualTo(printed), query);
            }
        });
        TestContext.Progress.WriteLine($"{matches.Length} queries of scripts.");
    }

    [Test]
    public void Parse_EveryComplianceQuery_IsAccepted()
    {
        Assert.Multiple(() =>
        {
            foreach (string query in ConformanceTable.Lines("compliance-queries.txt"))
                Assert.That(() => ParseAndCheck(query), Throws.Nothing, query);
        });
    }

    private static (string Reason, string Place) Refusal(string query)
    {
        try
        {
            ParseAndCheck(query);
            Assert.Fail($"Accepted: {query}");
            return ("", "");
        }
        catch (QuerySyntaxException e)
        {
            return (e.Reason, $"{e.Line}:{e.Column}");
        }
    }

    private static Expression ParseAndCheck(string query)
    {
        Expression expression = PromQlParser.Parse(query);
        QueryAnalyzer.Check(query, expression, QueryFeatures.Default);
        return expression;
    }
}

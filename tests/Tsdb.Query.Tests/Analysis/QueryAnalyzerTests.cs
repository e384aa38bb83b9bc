using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Analysis;

public sealed class QueryAnalyzerTests
{
    [TestCase("1 + 2", ExpectedResult = ValueKind.Scalar)]
    [TestCase("1 > bool 2", ExpectedResult = ValueKind.Scalar)]
    [TestCase("1 + a", ExpectedResult = ValueKind.Vector)]
    [TestCase("(a)", ExpectedResult = ValueKind.Vector)]
    [TestCase("-time()", ExpectedResult = ValueKind.Scalar)]
    [TestCase("'x'", ExpectedResult = ValueKind.String)]
    [TestCase("a[5m]", ExpectedResult = ValueKind.Matrix)]
    [TestCase("sum(a)[5m:]", ExpectedResult = ValueKind.Matrix)]
    [TestCase("hour()", ExpectedResult = ValueKind.Vector)]
    [TestCase("round(a, 2)", ExpectedResult = ValueKind.Vector)]
    [TestCase("label_join(a, 'x', ',', 'b', 'c', 'd')", ExpectedResult = ValueKind.Vector)]
    [TestCase("histogram_quantiles(a, 'q', 0.5, 0.9)", ExpectedResult = ValueKind.Vector)]
    [TestCase("info(a, {b=~'.*'})", ExpectedResult = ValueKind.Vector)]
    [TestCase("max_of(1, scalar(a))", ExpectedResult = ValueKind.Scalar)]
    public ValueKind Check_ValidQuery_GivesItsKind(string query)
    {
        Expression expression = PromQlParser.Parse(query);
        ValueKind kind = QueryAnalyzer.Check(query, expression, QueryFeatures.Default);
        Assert.That(ExpressionKinds.Of(expression), Is.EqualTo(kind));
        return kind;
    }

    [TestCase("a + b[5m]", "1:5: parse error: binary expression must contain only scalar and instant vector types")]
    [TestCase("'x' + a", "1:1: parse error: binary expression must contain only scalar and instant vector types")]
    [TestCase("a + on(x) group_left(y, x) b", "1:3: parse error: label \"x\" must not occur in ON and GROUP clause at once")]
    [TestCase("a and fill(1) b", "1:1: parse error: filling in missing series not allowed for set operators")]
    [TestCase("a + fill(1) 2", "1:1: parse error: filling in missing series only allowed between instant vectors")]
    [TestCase("sum(a[5m])", "1:5: parse error: expected type instant vector in aggregation expression, got range vector")]
    [TestCase("topk(a, a)", "1:6: parse error: expected type scalar in aggregation parameter, got instant vector")]
    [TestCase("count_values(1, a)", "1:14: parse error: expected type string in aggregation parameter, got scalar")]
    [TestCase("label_join(a, 'x')", "1:1: parse error: expected at least 3 argument(s) in call to \"label_join\", got 2")]
    [TestCase("round(a, 1, 2)", "1:1: parse error: expected at most 2 argument(s) in call to \"round\", got 3")]
    [TestCase("label_join(a, 'x', ',', 1)", "1:25: parse error: expected type string in call to function \"label_join\", got scalar")]
    [TestCase("info(a, b)", "1:9: parse error: expected label selectors only, got vector selector instead")]
    [TestCase("abs(foo(1))", "1:5: parse error: unknown function with name \"foo\"")]
    [TestCase("1\n+ rate(a)", "2:8: parse error: expected type range vector in call to function \"rate\", got instant vector")]
    [TestCase("1[5m:]", "1:1: parse error: subquery is only allowed on instant vector, got scalar instead")]
    [TestCase("rate({x=~\"a*\"}[5m])", "1:6: parse error: vector selector must contain at least one non-empty matcher")]
    public void Check_InvalidQuery_SaysWhereAndWhat(string query, string message)
    {
        Expression expression = PromQlParser.Parse(query);
        Assert.That(
            () => QueryAnalyzer.Check(query, expression, QueryFeatures.Default),
            Throws.TypeOf<QuerySyntaxException>().With.Message.EqualTo(message));
    }

    [TestCase("1 + info(a)", "1:5: parse error: the function info is switched off")]
    [TestCase("sum(limitk(1, a))", "1:5: parse error: the aggregation limitk is switched off")]
    [TestCase("a + fill_left(1) b", "1:1: parse error: the modifier fill is switched off")]
    [TestCase("sum(a smoothed)", "1:5: parse error: the modifier anchored or smoothed is switched off")]
    [TestCase("rate(a[1m + 1m])", "1:6: parse error: a duration with operators is switched off")]
    [TestCase("sum(a offset (step() * 2))", "1:5: parse error: a duration with operators is switched off")]
    public void Check_WhatIsSwitchedOff_IsRefusedByName(string query, string message)
    {
        var features = new QueryFeatures
        {
            ExperimentalFunctions = false,
            DurationExpressions = false,
            ExtendedRangeSelectors = false,
            FillModifiers = false,
        };

        Assert.That(
            () => QueryAnalyzer.Check(query, PromQlParser.Parse(query), features), Throws.TypeOf<QuerySyntaxException>().With.Message.EqualTo(message));
        Assert.That(() => QueryAnalyzer.Check(query, PromQlParser.Parse(query), QueryFeatures.Default), Throws.Nothing);
    }

    [TestCase("rate(a[5m] offset -1m)")]
    [TestCase("a offset 5m @ 10")]
    public void Check_PlainDurationsWithExpressionsOff_AreAccepted(string query)
    {
        var features = new QueryFeatures { DurationExpressions = false };

        Assert.That(() => QueryAnalyzer.Check(query, PromQlParser.Parse(query), features), Throws.Nothing);
    }

    [Test]
    public void All_Functions_HaveASignatureThatHoldsTogether()
    {
        foreach (FunctionSignature function in FunctionTable.All)
        {
            Assert.That(FunctionTable.Find(function.Name), Is.SameAs(function));
            Assert.That(function.MinArguments, Is.LessThanOrEqualTo(function.MaxArguments), function.Name);
            Assert.That(function.Arguments.IsEmpty, Is.EqualTo(function.MaxArguments == 0), function.Name);
        }
    }
}

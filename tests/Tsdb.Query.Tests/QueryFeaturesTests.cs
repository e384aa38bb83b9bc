using Tsdb.Model.Labels;
using Tsdb.Query.Errors;
using Tsdb.Query.Results;
using Tsdb.Testing.Reading;

namespace Tsdb.Query.Tests;

/// <summary>What the switches of the language change in results.</summary>
public sealed class QueryFeaturesTests
{
    private static readonly QueryFeatures Delayed = new() { DelayedNameRemoval = true };

    [TestCase("-a", "{l=\"x\"}", "{l=\"x\"}")]
    [TestCase("sum by (__name__) (-a)", "{}", "{}")]
    [TestCase("sum by (__name__) (a * 2)", "{}", "{}")]
    [TestCase("sum by (__name__) (abs(a))", "{}", "{}")]
    [TestCase("sum by (__name__) (count_over_time(a[1m]))", "{}", "{}")]
    [TestCase("sum by (__name__) (a > 0)", "a{}", "a{}")]
    [TestCase("sum by (__name__) (last_over_time(a[1m]))", "a{}", "a{}")]
    [TestCase("label_replace(-a, \"n\", \"$1\", \"__name__\", \"(.*)\")", "{l=\"x\"}", "{l=\"x\",n=\"a\"}")]
    public void Instant_NameRemovalAtOnceOrDelayed_DiffersInWhatAnOuterPartSees(string query, string atOnce, string delayed)
    {
        Assert.That(LabelsOf(query, QueryFeatures.Default), Is.EqualTo(Parse(atOnce)));
        Assert.That(LabelsOf(query, Delayed), Is.EqualTo(Parse(delayed)));
    }

    [TestCase("-{l=\"x\"}")]
    [TestCase("sum(abs({l=\"x\"}))")]
    public void Instant_SeriesThatDifferInNamesAlone_AreRefusedWhereTheNameIsDropped(string query) =>
        Assert.That(
            () => LabelsOf(query, QueryFeatures.Default),
            Throws.TypeOf<QueryExecutionException>().With.Message.EqualTo("vector cannot contain metrics with the same labelset"));

    [TestCase("sum(abs({l=\"x\"}))")]
    public void Instant_SeriesThatDifferInNamesAlone_AreKeptApartWhenRemovalIsDelayed(string query) =>
        Assert.That(() => LabelsOf($"count({query})", Delayed), Throws.Nothing);

    [TestCase(true, 2)]
    [TestCase(false, 0)]
    public void Instant_StartTimestampsOnOrOff_CountARestartOnlyWhenOn(bool isOn, double expected)
    {
        var source = new InMemorySeriesSource();
        InMemorySeries series = source.Series(LabelSet.OfMetric("c_total"));
        for (int i = 1; i <= 3; i++)
        {
            series.Append(i * 10_000_000_000L, 7, (i * 10_000_000_000L) - 1_000_000_000);
        }

        var options = new QueryEngineOptions { Features = new QueryFeatures { StartTimestamps = isOn } };
        using QueryResult result = new QueryEngine(source, options, TimeProvider.System).Instant("resets(c_total[1m])", 30_000);

        Assert.That(result.Series, Has.Count.EqualTo(1));
        foreach (ResultPoint point in result.Series[0])
        {
            Assert.That(point.Value, Is.EqualTo(expected));
        }
    }

    private static LabelSet LabelsOf(string query, QueryFeatures features)
    {
        InMemorySeriesSource source = new InMemorySeriesSource()
            .Add(LabelSet.OfMetric("a", ("l", "x")), 1000, 1)
            .Add(LabelSet.OfMetric("b", ("l", "x")), 1000, 1);
        var engine = new QueryEngine(source, new QueryEngineOptions { Features = features }, TimeProvider.System);
        using QueryResult result = engine.Instant(query, 0);
        return result.Series.Single().Labels;
    }

    // A metric name in front of braces with labels, as results are written.
    private static LabelSet Parse(string text)
    {
        int brace = text.IndexOf('{', StringComparison.Ordinal);
        var labels = new LabelSetBuilder();
        if (brace > 0)
        {
            labels.Add(LabelNames.MetricName, text[..brace]);
        }

        foreach (string pair in text[(brace + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=');
            labels.Add(parts[0], parts[1].Trim('"'));
        }

        return labels.Build();
    }
}

using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Analysis;

public sealed class ParsedQueriesTests
{
    [Test]
    public void Get_SameText_GivesTheSameTree()
    {
        var queries = new ParsedQueries(QueryFeatures.Default);
        Expression first = queries.Get("a + b");
        Assert.That(queries.Get("a + b"), Is.SameAs(first));
    }

    [Test]
    public void Get_ManyQueries_RemembersABoundedNumberAndTheOnesInUse()
    {
        var queries = new ParsedQueries(QueryFeatures.Default, capacity: 8);
        Expression used = queries.Get("used");
        for (int i = 0; i < 1000; i++)
        {
            queries.Get($"q{i}");
            Assert.That(queries.Get("used"), Is.SameAs(used));
            Assert.That(queries.Count, Is.LessThanOrEqualTo(16));
        }
    }

    [Test]
    public void Get_LongQuery_IsNotRemembered()
    {
        var queries = new ParsedQueries(QueryFeatures.Default);
        queries.Get($"'{new string('x', 5000)}'");
        Assert.That(queries.Count, Is.Zero);
    }

    [TestCase("a +")]
    [TestCase("rate(a)")]
    public void Get_InvalidQuery_IsRefusedEachTime(string query)
    {
        var queries = new ParsedQueries(QueryFeatures.Default);
        Assert.That(() => queries.Get(query), Throws.TypeOf<QuerySyntaxException>());
        Assert.That(() => queries.Get(query), Throws.TypeOf<QuerySyntaxException>());
        Assert.That(queries.Count, Is.Zero);
    }
}

using System.Text.Json;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;

namespace Tsdb.Query.Tests.Syntax;

public sealed class PrettyPrinterTests
{
    [TestCase("sum(foo)", "sum(foo)")]
    [TestCase("topk(10, long_metric)", "topk(\n  10,\n  long_metric\n)")]
    [TestCase("foo_1 - on(x) foo_2 - foo_3", "    foo_1\n  - on (x)\n    foo_2\n-\n  foo_3")]
    [TestCase("-rate(long[1m])[5m:] offset 1m", "-rate(\n  long[1m]\n)[5m:] offset 1m")]
    public void Print_AtTenCharacters_SplitsTheOutermostFirst(string query, string lines) =>
        Assert.That(PrettyPrinter.Print(PromQlParser.Parse(query), 10), Is.EqualTo(lines));

    [Test]
    public void Print_EveryExpressionOfTheReference_GivesItsLines()
    {
        Assert.Multiple(() =>
        {
            foreach (string line in ConformanceTable.Lines("pretty.jsonl"))
            {
                using JsonDocument row = JsonDocument.Parse(line);
                string query = row.RootElement.GetProperty("in").GetString()!;
                string printed = PrettyPrinter.Print(PromQlParser.Parse(query), row.RootElement.GetProperty("width").GetInt32());
                Assert.That(printed, Is.EqualTo(row.RootElement.GetProperty("out").GetString()), query);
            }
        });
    }
}

using System.Text.Json;
using Spectre.Console;
using Tsdb.Tool.Querying;

namespace Tsdb.Tool.Tests.Querying;

public sealed class QueryTableTests
{
    [TestCase(
        """{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"node"},"value":[1700000000.5,"1"]}]}""",
        "up{job=\"node\"}", "1", "2023-11-14 22:13:20.5")]
    [TestCase("""{"resultType":"scalar","result":[1700000000,"NaN"]}""", "NaN", "2023-11-14 22:13:20")]
    [TestCase(
        """{"resultType":"matrix","result":[{"metric":{},"values":[[1,"2"],[2,"+Inf"],[3,"NaN"],[4,"-1.5"]]}]}""",
        "{}", "4", "-1.5", "+Inf", "█")]
    [TestCase("""{"resultType":"matrix","result":[]}""", "series")]
    public void Of_Data_ShowsItsParts(string data, params string[] parts)
    {
        using var document = JsonDocument.Parse(data);
        var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;

        console.Write(QueryTable.Of(document.RootElement));

        foreach (string part in parts)
        {
            Assert.That(writer.ToString(), Does.Contain(part));
        }
    }

    [TestCase(new double[0], "")]
    [TestCase(new[] { 5.0, 5.0 }, "▁▁")]
    [TestCase(new[] { 0.0, 3.5, 7.0 }, "▁▄█")]
    [TestCase(new[] { 0.0, double.NaN, 7.0 }, "▁ █")]
    public void Sparkline_Values_AreBars(double[] values, string expected) => Assert.That(Sparkline.Of(values), Is.EqualTo(expected));

    [Test]
    public void Sparkline_ManyValues_AreAveraged() =>
        Assert.That(Sparkline.Of([.. Enumerable.Range(0, 300).Select(i => (double)i)]), Has.Length.EqualTo(30).And.StartsWith("▁").And.EndsWith("█"));
}

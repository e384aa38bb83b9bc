using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Storage.Index;
using MatchType = Tsdb.Model.Matching.MatchType; // System.IO has one too

namespace Tsdb.Storage.Tests.Index;

public sealed class SeriesSelectorTests
{
    private static readonly LabelSet[] Series =
    [
        LabelSet.OfMetric("cpu", ("host", "a"), ("env", "prod")),
        LabelSet.OfMetric("cpu", ("host", "b"), ("env", "prod")),
        LabelSet.OfMetric("cpu", ("host", "c"), ("env", "test")),
        LabelSet.OfMetric("cpu", ("host", "d")),
        LabelSet.OfMetric("mem", ("host", "a"), ("env", "prod")),
        LabelSet.OfMetric("mem", ("host", "ab")),
        LabelSet.Of(("env", "a|b")),
    ];

    // More than are tried one by one.
    private static readonly LabelSet[] ManySeries =
    [
        .. Enumerable.Range(0, 84).Select(i => LabelSet.Of([.. Series[i % Series.Length].Select(l => (l.Name, l.Value)), ("copy", $"{i / Series.Length}")])),
    ];

    private static readonly string[] MatcherTexts = ["", "a", "ab", "prod", "test", "cpu", "mem", "a|b", ".*", ".+", "a|", "a.*", "prod|test", "[a-c]", "(a|b|)", "x"];

    [TestCase("", "0 1 2 3 4 5 6")]
    [TestCase("__name__=cpu", "0 1 2 3")]
    [TestCase("__name__=cpu host=a", "0")]
    [TestCase("__name__=disk", "")]
    [TestCase("__name__=cpu nosuch=x", "")]
    [TestCase("__name__=cpu env=", "3")]
    [TestCase("env=", "3 5")]
    [TestCase("env!=", "0 1 2 4 6")]
    [TestCase("env!=prod", "2 3 5 6")]
    [TestCase("__name__=cpu host!=a", "1 2 3")]
    [TestCase("nosuch!=x __name__=mem", "4 5")]
    [TestCase("host=~a|c|d", "0 2 3 4")]
    [TestCase("host=~a.*", "0 4 5")]
    [TestCase("env=~prod|", "0 1 3 4 5")]
    [TestCase("env=~.*", "0 1 2 3 4 5 6")]
    [TestCase("env=~.+", "0 1 2 4 6")]
    [TestCase("env!~.+", "3 5")]
    [TestCase("env!~.*", "")]
    [TestCase("env!~prod|test", "3 5 6")]
    [TestCase("env!~prod|", "2 6")]
    [TestCase("__name__=~cpu|mem host=~a|b env!~test", "0 1 4")]
    [TestCase("env=a|b", "6")]
    public void Select_Matchers_FindsTheSeries(string matchers, string expected) => Assert.That(Select(matchers), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("env!=test")]
    [TestCase("host=~.+")]
    public void Select_SeriesThatIsBeingAdded_IsLeftOut(string matchers)
    {
        var index = new FakeLabelIndex(Series) { SeriesLimit = FakeLabelIndex.FirstSeries + 2 };
        var result = new PostingBuffer();

        SeriesSelector.Select(index, [.. matchers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Matcher)], result);

        Assert.That(result.Items.ToArray(), Is.EqualTo(new uint[] { FakeLabelIndex.FirstSeries, FakeLabelIndex.FirstSeries + 1 }));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Select_AnyMatchers_AgreesWithTryingEachSeries(byte[] choices)
    {
        LabelMatcher[] matchers = [.. choices.Chunk(3).Where(c => c.Length == 3).Take(4).Select(MatcherOf)];

        string expected = string.Join(' ', Enumerable.Range(0, ManySeries.Length).Where(
            i => matchers.All(m => m.Matches(CanonicalLabels.ValueOf(ManySeries[i].Canonical, m.NameUtf8.Span)))));

        return Select(matchers, ManySeries) == expected;
    }

    private static LabelMatcher MatcherOf(byte[] choice) =>
        new((MatchType)(choice[0] % 4), (choice[1] % 4) switch { 0 => "__name__", 1 => "host", 2 => "env", _ => "nosuch" }, MatcherTexts[choice[2] % MatcherTexts.Length]);

    private static string Select(string matchers) => Select([.. matchers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Matcher)], Series);

    private static string Select(LabelMatcher[] matchers, LabelSet[] series)
    {
        var result = new PostingBuffer();
        result.Add(7); // left over from an earlier use: must not survive
        SeriesSelector.Select(new FakeLabelIndex(series), matchers, result);
        return string.Join(' ', result.Items.ToArray().Select(number => number - FakeLabelIndex.FirstSeries));
    }

    private static LabelMatcher Matcher(string text)
    {
        int at = text.IndexOfAny(['=', '!']);
        int length = text.Length > at + 1 && text[at + 1] is '=' or '~' ? 2 : 1;
        MatchType type = text.Substring(at, length) switch { "=" => MatchType.Equal, "!=" => MatchType.NotEqual, "=~" => MatchType.Matches, _ => MatchType.NotMatches };
        return new LabelMatcher(type, text[..at], text[(at + length)..]);
    }
}

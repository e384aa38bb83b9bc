using System.Text.RegularExpressions;
using Tsdb.Tool.Generating;

namespace Tsdb.Tool.Tests.Generating;

public sealed partial class DataSetTests
{
    private static readonly DataSetOptions ThreeHosts = new(Hosts: 3, Points: 50, StartNs: 1_000_000_000_000, IntervalNs: 10_000_000_000, Seed: 7);

    [Test]
    public void CpuOnly_EachLine_IsATsbsLine()
    {
        string[] lines = Lines(new CpuOnlyDataSet(ThreeHosts));

        Assert.That(lines, Has.Length.EqualTo(150));
        for (int i = 0; i < lines.Length; i++)
        {
            Match match = CpuLine().Match(lines[i]);
            Assert.That(match.Success, Is.True, lines[i]);
            Assert.That(match.Groups["host"].Value, Is.EqualTo($"{i % 3}"));
            Assert.That(match.Groups["datacenter"].Value, Does.StartWith(match.Groups["region"].Value));
            Assert.That(match.Groups["time"].Value, Is.EqualTo($"{1000 + (i / 3 * 10)}000000000"));
            Assert.That(match.Groups["usage"].Captures.Select(c => int.Parse(c.Value, null)), Is.All.InRange(0, 100));
        }
    }

    [Test]
    public void CpuOnly_OneHost_KeepsItsTagsAndWalksBySmallSteps()
    {
        Match[] lines = [.. Lines(new CpuOnlyDataSet(ThreeHosts with { Hosts = 1, Points = 500 })).Select(line => CpuLine().Match(line))];

        Assert.That(lines.Select(line => line.Groups["prefix"].Value).Distinct().Count(), Is.EqualTo(1));
        int[] steps =
        [
            .. lines.Zip(lines.Skip(1)).SelectMany(pair => Usages(pair.First).Zip(Usages(pair.Second)).Select(u => Math.Abs(u.First - u.Second))),
        ];
        Assert.That(steps, Is.All.LessThanOrEqualTo(7), "a step is normally distributed with deviation 1");
        Assert.That(steps.Average(), Is.InRange(0.6, 1.0));

        static IEnumerable<int> Usages(Match line) => line.Groups["usage"].Captures.Select(c => int.Parse(c.Value, null));
    }

    [Test]
    public void Mixed_Counters_GrowOrStartAgainFromZero()
    {
        string[] lines = Lines(new MixedDataSet(ThreeHosts with { Points = 2000 }));

        IEnumerable<long[]> counters = lines
            .Select(line => CounterLine().Match(line))
            .Where(match => match.Success)
            .GroupBy(match => match.Groups["series"].Value, match => long.Parse(match.Groups["total"].Value, null))
            .Select(group => group.ToArray());

        Assert.That(counters.Count(), Is.EqualTo(15));
        Assert.That(counters.SelectMany(values => values.Zip(values.Skip(1))).All(pair => pair.Second >= pair.First || pair.Second == 0), Is.True);
    }

    [TestCase("cpu-only")]
    [TestCase("mixed")]
    public void AppendLine_SameSeed_GivesTheSameBytesAndTheCountsPromised(string set)
    {
        IDataSet one = Create(set, ThreeHosts);
        long samples = 0;
        var buffer = new LineBuffer();
        for (long i = 0; i < one.LineCount; i++)
        {
            samples += one.AppendLine(buffer);
        }

        Assert.That(samples, Is.EqualTo(one.SampleCount));
        Assert.That(Lines(Create(set, ThreeHosts)), Is.EqualTo(System.Text.Encoding.UTF8.GetString(buffer.Text).TrimEnd('\n').Split('\n')));
        Assert.That(Lines(Create(set, ThreeHosts with { Seed = 8 })), Is.Not.EqualTo(Lines(Create(set, ThreeHosts))));
    }

    [TestCase(0, "0.00")]
    [TestCase(7, "0.07")]
    [TestCase(1234, "12.34")]
    [TestCase(-1205, "-12.05")]
    public void AppendHundredths_Number_IsADecimalFraction(long hundredths, string expected)
    {
        var buffer = new LineBuffer();

        buffer.AppendHundredths(hundredths);

        Assert.That(System.Text.Encoding.UTF8.GetString(buffer.Text), Is.EqualTo(expected));
    }

    private static IDataSet Create(string set, DataSetOptions options) => set == "mixed" ? new MixedDataSet(options) : new CpuOnlyDataSet(options);

    private static string[] Lines(IDataSet dataSet)
    {
        var buffer = new LineBuffer();
        for (long i = 0; i < dataSet.LineCount; i++)
        {
            dataSet.AppendLine(buffer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.Text).TrimEnd('\n').Split('\n');
    }

    [GeneratedRegex(
        @"^(?<prefix>cpu,hostname=host_(?<host>\d+),region=(?<region>[a-z0-9-]+),datacenter=(?<datacenter>[a-z0-9-]+),rack=\d\d?,os=Ubuntu[0-9.LTS]+," +
        @"arch=x(64|86),team=(SF|NYC|LON|CHI),service=1?\d,service_version=[01],service_environment=(production|staging|test)) " +
        @"(,?usage_(user|system|idle|nice|iowait|irq|softirq|steal|guest|guest_nice)=(?<usage>\d+)i){10} (?<time>\d+)$")]
    private static partial Regex CpuLine();

    [GeneratedRegex(@"^(?<series>http_requests,\S+) total=(?<total>\d+) \d+$")]
    private static partial Regex CounterLine();
}

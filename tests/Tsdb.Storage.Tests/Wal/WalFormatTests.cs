using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>The worked example of docs/formats.md, section WAL: these bytes must be written and read for ever.</summary>
[TestFixture]
internal sealed class WalFormatTests
{
    private static readonly LabelSet Labels = LabelSet.OfMetric("cpu", ("host", "a"));

    [Test]
    public async Task Document_Example_IsWhatIsWritten()
    {
        var files = new InMemoryFileSystem();
        await using (var log = new TestLog(files))
        {
            var series = new WalSeriesBatch();
            series.Add(7, Labels.Canonical);
            log.Writer.AppendSeries(new SequenceNumber(1), TenantId.Default, series);
            await log.Writer.WaitAsync(log.Writer.Position, Durability.Always, CancellationToken.None);
            log.Writer.AppendSamples(
                new SequenceNumber(2), TenantId.Default, [7, 7], [1_700_000_000_000_000_000, 1_700_000_010_000_000_000], [1.5, -2]);
        }

        Assert.That(files.ReadAllBytes(DamagedLog.PathOf(1)), Is.EqualTo(Example()), () => Convert.ToHexStringLower(files.ReadAllBytes(DamagedLog.PathOf(1))));
    }

    [Test]
    public void Document_Example_IsRead()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(TestLog.Directory);
        files.WriteAllBytes(DamagedLog.PathOf(1), Example());
        (WalReplayResult result, RecordingVisitor visitor, _) = TestLog.Look(files);
        Assert.That(visitor.Series[7], Is.EqualTo(Labels));
        Assert.That(visitor.Samples, Is.EqualTo(new[]
        {
            new LoggedSample(0, 2, 7, new Sample(1_700_000_000_000_000_000, 1.5)),
            new LoggedSample(0, 2, 7, new Sample(1_700_000_010_000_000_000, -2)),
        }));
        Assert.That((result.TornBytes, result.Quarantined.Count), Is.EqualTo((0L, 0)));
    }

    // The first block of hexadecimal bytes in the section; each line may end in words.
    private static byte[] Example()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "formats.md")).ReplaceLineEndings("\n");
        string section = document[document.IndexOf("\n## WAL\n", StringComparison.Ordinal)..];
        int start = section.IndexOf("```\n", StringComparison.Ordinal) + 4;
        string block = section[start..section.IndexOf("\n```", start, StringComparison.Ordinal)];
        return [.. block.Split('\n').SelectMany(line => line.Split("  ")[0].Split(' ')).Select(text => Convert.ToByte(text, 16))];
    }
}

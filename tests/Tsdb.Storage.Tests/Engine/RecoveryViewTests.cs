using Microsoft.Extensions.Logging.Abstractions;
using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Model.Reading;
using Tsdb.Model.Time;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>What can be seen of a data folder while its log is replayed.</summary>
public sealed class RecoveryViewTests
{
    private static readonly LabelSet CpuA = LabelSet.OfMetric("cpu", ("host", "a"));
    private static readonly LabelSet CpuB = LabelSet.OfMetric("cpu", ("host", "b"));

    [Test]
    public async Task Series_WhileReplaying_AnswersWhatEndsBeforeTheLog()
    {
        InMemoryFileSystem files = await WithBlockAndLogAsync();
        var view = new RecoveryView();
        var seen = new List<string>();
        files.BeforeCall = (call, path) =>
        {
            // The end of the log is synced once it is replayed, before the engine is there.
            if (call == FileCall.Sync && path.EndsWith(".log", StringComparison.Ordinal) && seen.Count == 0)
            {
                seen.Add($"{view.ReplayedBytes == view.TotalBytes && view.TotalBytes > 0}, {CountSeries(view, 0, 999)}");
                Assert.That(() => CountSeries(view, 0, 1000), Throws.InstanceOf<UnavailableException>().With.Message.Contains("100 %"));
            }
        };

        await using (await OpenAsync(files, view))
        {
            files.BeforeCall = null;
            Assert.That(seen, Is.EqualTo(new[] { "True, 1" }));
        }
    }

    [Test]
    public void Series_BeforeTheOpening_IsUnavailable()
    {
        var view = new RecoveryView();

        Assert.That(() => CountSeries(view, 0, 1), Throws.InstanceOf<UnavailableException>());
        Assert.That(view.ToString(), Is.EqualTo("the database is being opened"));
    }

    [Test]
    public async Task Series_OpeningFailed_IsUnavailable()
    {
        InMemoryFileSystem files = await WithBlockAndLogAsync();
        var view = new RecoveryView();
        using (var cancelled = new CancellationTokenSource())
        {
            files.BeforeCall = (_, _) => cancelled.Cancel();
            Assert.That(async () => await OpenAsync(files, view, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(() => CountSeries(view, 0, 1), Throws.InstanceOf<UnavailableException>());
    }

    // A block with a sample at 1, and a log with one at 1000.
    private static async Task<InMemoryFileSystem> WithBlockAndLogAsync()
    {
        var files = new InMemoryFileSystem();
        await using EngineBed bed = await EngineBed.OpenAsync(files, shards: 1);
        await bed.WriteAsync((CpuA, 1, 1));
        await bed.Engine.CompactAsync(CancellationToken.None);
        await bed.WriteAsync((CpuB, 1000, 1));
        return files.Crash();
    }

    private static Task<StorageEngine> OpenAsync(InMemoryFileSystem files, RecoveryView view, CancellationToken cancellationToken = default) =>
        StorageEngine.OpenAsync(
            "/data",
            new StorageOptions { ShardCount = 1 },
            new StorageServices(files, TimeProvider.System, new Random(7), NullLoggerFactory.Instance),
            view,
            cancellationToken);

    private static int CountSeries(RecoveryView view, long minTimeNs, long maxTimeNs)
    {
        int count = 0;
        using ISeriesCursor cursor = view.Series.Select(new SeriesSelection([], new TimeRange(minTimeNs, maxTimeNs)), CancellationToken.None);
        while (cursor.MoveNext())
        {
            count++;
        }

        return count;
    }
}

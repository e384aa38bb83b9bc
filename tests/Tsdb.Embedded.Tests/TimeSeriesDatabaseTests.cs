using Microsoft.Extensions.Time.Testing;
using Tsdb.Ingest;
using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Model.Samples;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax;
using Tsdb.Storage.Files;
using Tsdb.Testing.Files;

namespace Tsdb.Embedded.Tests;

public sealed class TimeSeriesDatabaseTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly LabelSet Cpu = LabelSet.OfMetric("cpu", ("host", "a"));

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Write_OneSample_IsVisibleAtOnce()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        db.Write(Cpu, Start, 1.5);
        using QueryResult result = await db.QueryAsync("cpu", Start);
        Assert.That(result.Series[0].Labels, Is.EqualTo(Cpu));
        Assert.That(Points(result.Series[0]), Is.EqualTo(new[] { 1.5 }));
    }

    [Test]
    public async Task WriteAsync_Batch_SurvivesReopening()
    {
        var batch = new SampleBatch();
        await using (TimeSeriesDatabase db = await OpenAsync())
        {
            batch.Add(Cpu, Start, 1);
            batch.Add(Cpu, Start.AddSeconds(10), 2);
            batch.Add(LabelSet.OfMetric("cpu", ("host", "b")), Start.AddSeconds(10), double.NaN);
            await db.WriteAsync(batch);
            Assert.That(batch.Count, Is.EqualTo(3));
        }

        await using TimeSeriesDatabase again = await OpenAsync();
        Dictionary<string, Sample[]> read = await SelectAsync(again);
        Assert.That(read["a"], Is.EqualTo(batch.Entries.Take(2).Select(entry => entry.Sample)));
        Assert.That(read["b"], Is.EqualTo(batch.Entries.Skip(2).Select(entry => entry.Sample)));
    }

    [Test]
    public async Task SyncAsync_AfterWrites_Completes()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        db.Write(Cpu, Start, 1);
        await db.SyncAsync();
        await db.CompactAsync();
        Assert.That((await SelectAsync(db))["a"], Has.Length.EqualTo(1));
    }

    [Test]
    public async Task WriteLineProtocol_SpanAndStream_ReportWhatWasWritten()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        WriteReport report = db.WriteLineProtocol("cpu,host=a value=1 1700000000000000000\nbad\n"u8);
        Assert.That((report.WrittenSamples, report.RefusedLines), Is.EqualTo((1, 1)));
        using var stream = new MemoryStream("cpu,host=a value=2 1700000010000000000\n"u8.ToArray());
        report = await db.WriteLineProtocolAsync(stream);
        Assert.That(report.IsComplete, Is.True);
        Assert.That((await SelectAsync(db))["a"].Select(sample => sample.Value), Is.EqualTo(new[] { 1.0, 2.0 }));
    }

    [Test]
    public async Task QueryRangeAsync_Expression_HasAPointForEachStep()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        for (int i = 0; i <= 6; i++)
        {
            db.Write(Cpu, Start.AddSeconds(10 * i), i);
        }

        using QueryResult result = await db.QueryRangeAsync("cpu * 2", Start, Start.AddMinutes(1), TimeSpan.FromSeconds(20));
        Assert.That(Points(result.Series[0]), Is.EqualTo(new[] { 0.0, 4.0, 8.0, 12.0 }));
    }

    [Test]
    public async Task QueryAsync_WrongExpression_SaysWhere()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        await Assert.ThatAsync(() => db.QueryAsync("sum(", Start), Throws.TypeOf<QuerySyntaxException>());
    }

    [Test]
    public async Task SelectAsync_ManySeries_ReturnsEachWithItsSamples()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        var batch = new SampleBatch();
        for (int host = 0; host < 300; host++)
        {
            LabelSet labels = LabelSet.OfMetric("cpu", ("host", $"h{host}"));
            for (int i = 0; i < 400; i++)
            {
                batch.Add(labels, Start.AddSeconds(i), host + i);
            }
        }

        await db.WriteAsync(batch);
        Dictionary<string, Sample[]> read = await SelectAsync(db);
        Assert.That(read, Has.Count.EqualTo(300));
        Assert.That(read.Values, Has.All.Length.EqualTo(400));
        Assert.That(read["h7"][3].Value, Is.EqualTo(10));
    }

    [Test]
    public async Task Write_TooManyLabels_RefusesAndNamesTheLimit()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        LabelSet wide = LabelSet.OfMetric("cpu", [.. Enumerable.Range(0, 128).Select(i => ($"l{i}", "v"))]);
        Assert.That(() => db.Write(wide, Start, 1), Throws.TypeOf<LimitExceededException>().With.Message.Contains("MaxLabels"));
        LabelSet longValue = LabelSet.OfMetric("cpu", ("l", new string('x', 20_000)));
        Assert.That(() => db.Write(longValue, Start, 1), Throws.TypeOf<LimitExceededException>().With.Message.Contains("MaxLabelValueBytes"));
        Assert.That(() => db.Write(LabelSet.Empty, Start, 1), Throws.ArgumentException);
    }

    [Test]
    public async Task Write_OlderThanRetention_RefusesAndWritesNothing()
    {
        var options = Options() with { TimeProvider = new FakeTimeProvider(Start) };
        options.Storage = options.Storage with { Retention = TimeSpan.FromHours(1) };
        await using TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync(_folder["data"], options);
        var batch = new SampleBatch();
        batch.Add(Cpu, Start, 1);
        batch.Add(Cpu, Start.AddSeconds(-3601), 1);
        const string Refusal = "A sample of cpu{host=\"a\"} is 3601 seconds old, more than the limit of 3600 (setting Retention).";
        Assert.That(() => db.Write(Cpu, Start.AddSeconds(-3601), 1), Throws.TypeOf<LimitExceededException>().With.Message.EqualTo(Refusal));
        Assert.That(() => db.Write(batch), Throws.TypeOf<LimitExceededException>().With.Message.EqualTo(Refusal));
        await Assert.ThatAsync(() => db.WriteAsync(batch).AsTask(), Throws.TypeOf<LimitExceededException>().With.Message.EqualTo(Refusal));
        Assert.That(() => db.Write(Cpu, long.MinValue, 1), Throws.TypeOf<LimitExceededException>());
        Assert.That(await SelectAsync(db), Is.Empty);

        db.Write(Cpu, Start.AddSeconds(-3600), 7);
        Assert.That((await SelectAsync(db))["a"], Has.Length.EqualTo(1));
    }

    [Test]
    public async Task OpenAsync_FolderInUse_Refuses()
    {
        await using TimeSeriesDatabase db = await OpenAsync();
        await Assert.ThatAsync(OpenAsync, Throws.TypeOf<DataFolderException>());
    }

    [Test]
    public async Task OpenAsync_WrongOption_NamesIt()
    {
        var options = new TimeSeriesDatabaseOptions { Storage = new() { ShardCount = 0 } };
        await Assert.ThatAsync(
            () => TimeSeriesDatabase.OpenAsync(_folder["data"], options), Throws.InstanceOf<ArgumentException>().With.Message.Contains("ShardCount"));
        await Assert.ThatAsync(() => TimeSeriesDatabase.OpenAsync(" "), Throws.ArgumentException.With.Message.Contains("DataDirectory"));
    }

    [Test]
    public async Task DisposeAsync_Twice_DoesNothingAndLaterCallsAreRefused()
    {
        TimeSeriesDatabase db = await OpenAsync();
        await db.DisposeAsync();
        await db.DisposeAsync();
        Assert.That(() => db.Write(Cpu, Start, 1), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task DisposeAsync_WhileOpening_LetsTheFolderGo()
    {
        using var resume = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var disk = new FaultyFileSystem(new PhysicalFileSystem())
        {
            BeforeCall = (call, _) =>
            {
                if (call == FileCall.CreateFile)
                {
                    reached.TrySetResult();
                    resume.Wait();
                }
            },
        };
        var db = new TimeSeriesDatabase(Options() with { DataDirectory = _folder["data"], FileSystem = disk });
        Task start = Task.Run(() => db.StartAsync(CancellationToken.None));
        await reached.Task;
        await Assert.ThatAsync(OpenAsync, Throws.TypeOf<DataFolderException>(), "The opening has the folder.");
        Task dispose = db.DisposeAsync().AsTask();
        resume.Set();
        await dispose;
        await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // given up, unless it was through
        Assert.That(db.IsOpen, Is.False);
        await Assert.ThatAsync(() => db.StartAsync(CancellationToken.None), Throws.TypeOf<ObjectDisposedException>());

        await using TimeSeriesDatabase again = await OpenAsync();
        Assert.That(again.IsOpen, Is.True);
    }

    [Test]
    public async Task OpenAsync_TwoDatabases_ShareNothing()
    {
        await using TimeSeriesDatabase one = await OpenAsync();
        await using TimeSeriesDatabase two = await TimeSeriesDatabase.OpenAsync(_folder["other"], Options());
        one.Write(Cpu, Start, 1);
        two.Write(Cpu, Start, 2);
        Assert.That((await SelectAsync(one))["a"][0].Value, Is.EqualTo(1));
        Assert.That((await SelectAsync(two))["a"][0].Value, Is.EqualTo(2));
    }

    private static TimeSeriesDatabaseOptions Options() => new() { Storage = new() { ShardCount = 2, MemtableBytes = 4 << 20 } };

    private static double[] Points(ResultSeries series)
    {
        var values = new List<double>();
        foreach (ResultPoint point in series)
        {
            values.Add(point.Value);
        }

        return [.. values];
    }

    private static async Task<Dictionary<string, Sample[]>> SelectAsync(TimeSeriesDatabase db)
    {
        var read = new Dictionary<string, Sample[]>();
        var matcher = new LabelMatcher(Model.Matching.MatchType.Equal, "__name__", "cpu");
        await foreach (Series series in db.SelectAsync([matcher], DateTimeOffset.MinValue, DateTimeOffset.MaxValue))
        {
            read.Add(series.Labels["host"], [.. series.Samples]);
        }

        return read;
    }

    private Task<TimeSeriesDatabase> OpenAsync() => TimeSeriesDatabase.OpenAsync(_folder["data"], Options());
}

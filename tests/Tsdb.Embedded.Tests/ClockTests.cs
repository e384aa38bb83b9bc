using Microsoft.Extensions.Time.Testing;
using Tsdb.Model.Matching;
using Tsdb.Query.Results;
using Tsdb.Testing.Files;

namespace Tsdb.Embedded.Tests;

/// <summary>A clock that is set back loses nothing: timestamps need not ascend, and nothing else depends on it.</summary>
public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Test]
    public async Task WriteLineProtocol_ClockJumpsBackAnHour_KeepsWhatWasWrittenBeforeAndAfter()
    {
        using var folder = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        var options = new TimeSeriesDatabaseOptions { TimeProvider = clock, Storage = new() { ShardCount = 2, Retention = TimeSpan.FromHours(24) } };
        await using (TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync(folder["data"], options))
        {
            db.WriteLineProtocol("clock value=1"u8);
            clock.Advance(TimeSpan.FromSeconds(10));
            db.WriteLineProtocol("clock value=2"u8);
            clock.AdjustTime(Start.AddHours(-1));
            db.WriteLineProtocol("clock value=3"u8);
            await db.CompactAsync();
            clock.Advance(TimeSpan.FromSeconds(10));
            db.WriteLineProtocol("clock value=4"u8);
            await db.SyncAsync();
            Assert.That(await ReadAsync(db), Is.EqualTo(new double[] { 3, 4, 1, 2 }));
            using QueryResult now = await db.QueryAsync("clock", clock.GetUtcNow());
            Assert.That(now.Series, Has.Count.EqualTo(1));
        }

        await using TimeSeriesDatabase again = await TimeSeriesDatabase.OpenAsync(folder["data"], options);
        Assert.That(await ReadAsync(again), Is.EqualTo(new double[] { 3, 4, 1, 2 }));
    }

    private static async Task<double[]> ReadAsync(TimeSeriesDatabase db)
    {
        var values = new List<double>();
        await foreach (Series series in db.SelectAsync([new LabelMatcher(Model.Matching.MatchType.Equal, "__name__", "clock")], Start.AddHours(-2), Start.AddHours(2)))
        {
            values.AddRange(series.Samples.Select(sample => sample.Value));
        }

        return [.. values];
    }
}

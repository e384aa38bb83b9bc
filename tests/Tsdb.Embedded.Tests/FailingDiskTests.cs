using Microsoft.Extensions.Time.Testing;
using Tsdb.Model.Errors;
using Tsdb.Query.Results;
using Tsdb.Testing.Files;

namespace Tsdb.Embedded.Tests;

/// <summary>A disk that fails at the n-th call: the write says so, queries go on, and after a restart everything acknowledged is there.</summary>
public sealed class FailingDiskTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Test]
    public async Task WriteLineProtocolAsync_NthSyncFails_RefusesWritesServesQueriesAndLosesNothing([Range(1, 6)] int nth)
    {
        var disk = new InMemoryFileSystem();
        var files = new FaultyFileSystem(disk);
        int acknowledged;
        await using (TimeSeriesDatabase db = await OpenAsync(files))
        {
            files.Fail(FileCall.Sync, nth);
            (acknowledged, UnavailableException error) = await WriteUntilRefusedAsync(db);
            Assert.That(error.Message, Does.Contain("could not be written or synced").And.Contain("restart"));
            await Assert.ThatAsync(() => WriteAsync(db, acknowledged), Throws.InstanceOf<UnavailableException>());
            Assert.That(await CountAsync(db), Is.GreaterThanOrEqualTo(acknowledged));
        }

        await using TimeSeriesDatabase again = await OpenAsync(disk.Crash());
        Assert.That(await CountAsync(again), Is.EqualTo(acknowledged).Or.EqualTo(acknowledged + 1));
    }

    [Test]
    public async Task WriteLineProtocolAsync_DiskFullAtTheNthWrite_RefusesWritesUntilThereIsSpaceAndLosesNothing([Range(0, 4)] int written)
    {
        var disk = new InMemoryFileSystem();
        var files = new FaultyFileSystem(disk);
        var clock = new FakeTimeProvider(Start);
        await using (TimeSeriesDatabase db = await OpenAsync(files, clock))
        {
            for (int i = 0; i < written; i++)
            {
                await WriteAsync(db, i);
            }

            files.IsFull = true;
            (_, UnavailableException error) = await WriteUntilRefusedAsync(db, first: written);
            Assert.That(error.Message, Does.Contain("is full: writes are refused until there is space"));
            Assert.That(error.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(await CountAsync(db), Is.GreaterThanOrEqualTo(written));

            files.IsFull = false;
            await RetryAsync(db, written, clock);
            await WriteAsync(db, written + 1);
        }

        await using TimeSeriesDatabase again = await OpenAsync(disk.Crash());
        Assert.That(await CountAsync(again), Is.EqualTo(written + 2));
    }

    private static Task<TimeSeriesDatabase> OpenAsync(Model.Files.IFileSystem files, TimeProvider? clock = null) => TimeSeriesDatabase.OpenAsync(
        "/data", new TimeSeriesDatabaseOptions { FileSystem = files, TimeProvider = clock ?? TimeProvider.System, Storage = new() { ShardCount = 1 } });

    private static async Task WriteAsync(TimeSeriesDatabase db, int number)
    {
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"disk value={number} {1_700_000_000 + number}000000000\n"));
        await db.WriteLineProtocolAsync(body);
    }

    private static async Task<(int Acknowledged, UnavailableException Error)> WriteUntilRefusedAsync(TimeSeriesDatabase db, int first = 0)
    {
        for (int number = first; ; number++)
        {
            try
            {
                await WriteAsync(db, number);
            }
            catch (UnavailableException error)
            {
                return (number, error);
            }
        }
    }

    // As a client does, while time passes.
    private static async Task RetryAsync(TimeSeriesDatabase db, int number, FakeTimeProvider clock)
    {
        while (true)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            try
            {
                await WriteAsync(db, number);
                return;
            }
            catch (UnavailableException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<double> CountAsync(TimeSeriesDatabase db)
    {
        using QueryResult result = await db.QueryAsync("count_over_time(disk[1h])", Start.AddMinutes(10));
        foreach (ResultSeries series in result.Series)
        {
            foreach (ResultPoint point in series)
            {
                return point.Value;
            }
        }

        return 0;
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Tsdb.Model.Files;
using Tsdb.Model.Labels;
using Tsdb.Query.Results;
using Tsdb.Testing.Files;

namespace Tsdb.Embedded.Tests;

public sealed class DependencyInjectionTests
{
    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task AddTimeSeriesDatabase_Host_OpensBeforeAndClosesAfterOtherServices()
    {
        HostApplicationBuilder builder = Builder();
        builder.Services.AddSingleton<Recorder>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Recorder>());
        using IHost host = builder.Build();
        await host.StartAsync();
        var database = host.Services.GetRequiredService<TimeSeriesDatabase>();
        await host.StopAsync();
        Assert.That(host.Services.GetRequiredService<Recorder>().SawOpenDatabase, Is.EqualTo((true, true)));
        Assert.That(database.IsOpen, Is.False);
    }

    [Test]
    public async Task HealthCheck_OpenAndClosed_SaysSo()
    {
        using IHost host = Builder().Build();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));
        await host.StartAsync();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
        await host.StopAsync();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task HealthCheck_LogFailedForGood_IsUnhealthyAndSaysWhy()
    {
        var disk = new FaultyFileSystem(new InMemoryFileSystem());
        using IHost host = Builder(disk).Build();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await host.StartAsync();
        host.Services.GetRequiredService<TimeSeriesDatabase>().Write(LabelSet.OfMetric("m"), 1, 1);
        disk.Fail(FileCall.Sync);
        HealthReport report = await health.CheckHealthAsync();
        Assert.That(report.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(report.Entries["tsdb"].Description, Does.Contain("restart"));
        await host.StopAsync();
    }

    [Test]
    public async Task TimeProvider_OfTheContainer_StampsLinesWithoutATimestamp()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
        HostApplicationBuilder builder = Builder();
        builder.Services.AddSingleton<TimeProvider>(time);
        using IHost host = builder.Build();
        await host.StartAsync();
        var database = host.Services.GetRequiredService<TimeSeriesDatabase>();
        database.WriteLineProtocol("m value=1\n"u8);
        using (QueryResult result = await database.QueryAsync("timestamp(m)", time.GetUtcNow()))
        {
            foreach (ResultPoint point in result.Series[0])
            {
                Assert.That(point.Value, Is.EqualTo(1_000_000));
            }
        }

        await host.StopAsync();
    }

    [Test]
    public async Task Telemetry_Query_IsMeasuredAndTraced()
    {
        var spans = new List<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TimeSeriesDatabase.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => spans.Add(activity.OperationName),
        };
        ActivitySource.AddActivityListener(activities);
        var outcomes = new List<string?>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TimeSeriesDatabase.TelemetryName && instrument.Name == "query_duration")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => outcomes.Add((string?)tags[1].Value));
        meters.Start();
        await using TimeSeriesDatabase database = await TimeSeriesDatabase.OpenAsync(_folder["data"]);
        database.Write(LabelSet.OfMetric("m"), 1, 1);
        (await database.QueryAsync("m", DateTimeOffset.UnixEpoch)).Dispose();
        await Assert.ThatAsync(() => database.QueryAsync("m(", DateTimeOffset.UnixEpoch), Throws.Exception);
        Assert.That(outcomes, Is.EqualTo(new[] { "ok", "failed" }));
        Assert.That(spans, Is.EqualTo(new[] { "query", "query" }));
    }

    private HostApplicationBuilder Builder(IFileSystem? disk = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddTimeSeriesDatabase(options =>
        {
            options.DataDirectory = _folder["data"];
            options.FileSystem = disk ?? options.FileSystem;
        });
        return builder;
    }

    private sealed class Recorder(TimeSeriesDatabase database) : IHostedService
    {
        public (bool AtStart, bool AtStop) SawOpenDatabase { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            SawOpenDatabase = (database.IsOpen, false);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            SawOpenDatabase = (SawOpenDatabase.AtStart, database.IsOpen);
            return Task.CompletedTask;
        }
    }
}

using Microsoft.Extensions.Time.Testing;
using Tsdb.Model.Errors;
using Tsdb.Server.Tests.Configuration;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Tests.Transport;

public sealed class QueryGateTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task Run_FreeSlot_ReturnsTheQuerysResult()
    {
        using QueryGate gate = Gate(1, 0);
        Assert.That(await gate.RunAsync(_ => 42, null, CancellationToken.None), Is.EqualTo(42));
        Assert.That(gate.Admitted, Is.Zero);
    }

    [Test]
    public async Task Run_FullQueue_RefusesAtOnceAndNamesTheSettings()
    {
        using QueryGate gate = Gate(1, 1);
        using var release = new ManualResetEventSlim();
        Task<int> running = gate.RunAsync(stop => Wait(release, stop), null, CancellationToken.None);
        Task<int> waiting = gate.RunAsync(_ => 2, null, CancellationToken.None);
        UnavailableException? error = await Assert.ThrowsAsync<UnavailableException>(() => gate.RunAsync(_ => 3, null, CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("Query:MaxConcurrency").And.Contain("Query:QueueLength"));
        Assert.That(waiting.IsCompleted, Is.False);
        release.Set();
        Assert.That(await running, Is.EqualTo(1));
        Assert.That(await waiting, Is.EqualTo(2));
    }

    [Test]
    public async Task Run_LongerThanTheTimeout_EndsTheQuery()
    {
        using QueryGate gate = Gate(1, 0);
        using var started = new SemaphoreSlim(0);
        Task<int> query = gate.RunAsync(stop => Hang(started, stop), TimeSpan.FromSeconds(3), CancellationToken.None);
        await started.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        TimeoutException? error = await Assert.ThrowsAsync<TimeoutException>(() => query);
        Assert.That(error!.Message, Does.Contain("query timed out in expression evaluation").And.Contain("3s"));
    }

    [Test]
    public async Task Run_TimeoutWhileWaiting_SaysSo()
    {
        using QueryGate gate = Gate(1, 1);
        using var release = new ManualResetEventSlim();
        Task<int> running = gate.RunAsync(stop => Wait(release, stop), null, CancellationToken.None);
        Task<int> waiting = gate.RunAsync(_ => 2, TimeSpan.FromSeconds(1), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2));
        TimeoutException? error = await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.That(error!.Message, Does.Contain("query timed out in the query queue"));
        release.Set();
        Assert.That(await running, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_ClientLeaves_CancelsTheQuery()
    {
        using QueryGate gate = Gate(1, 0);
        using var started = new SemaphoreSlim(0);
        using var client = new CancellationTokenSource();
        Task<int> query = gate.RunAsync(stop => Hang(started, stop), null, client.Token);
        await started.WaitAsync();
        await client.CancelAsync();
        await Assert.ThatAsync(() => query, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.Admitted, Is.Zero);
    }

    private static int Wait(ManualResetEventSlim release, CancellationToken stop)
    {
        release.Wait(stop);
        return 1;
    }

    private static int Hang(SemaphoreSlim started, CancellationToken stop)
    {
        started.Release();
        stop.WaitHandle.WaitOne();
        stop.ThrowIfCancellationRequested();
        return 0;
    }

    private QueryGate Gate(int concurrency, int queue) =>
        new(SettingTests.Read().Query with { MaxConcurrency = concurrency, QueueLength = queue, Timeout = TimeSpan.FromMinutes(2) }, _time);
}

namespace Tsdb.EndToEnd.Tests;

/// <summary>The writers of one round of a crash test.</summary>
internal sealed class CrashLoad(int round)
{
    private const int Connections = 6;

    /// <summary>The writers, each with a connection of its own.</summary>
    public IReadOnlyList<CrashWriter> Writers { get; } = [.. Enumerable.Range(0, Connections).Select(connection => new CrashWriter(round, connection))];

    /// <summary>Writes on every connection until the server is killed, which happens at the given moment.</summary>
    public async Task RunUntilKilledAsync(ServerProcess server, CrashMoment moment, Random random)
    {
        using var acknowledged = new SemaphoreSlim(0);
        Task[] running = [.. Writers.Select(writer => writer.RunAsync(server, acknowledged))];
        await WaitAsync(acknowledged, moment == CrashMoment.AfterTheStart ? random.Next(0, 3) : random.Next(20, 80));
        Task compaction = Task.CompletedTask;
        if (moment == CrashMoment.WhileFlushing)
        {
            compaction = CompactAsync(server);
            await WaitAsync(acknowledged, random.Next(0, 20));
        }
        else if (moment == CrashMoment.AtRandom)
        {
            await Task.Delay(random.Next(1, 100)); // not a wait for something: the moment is meant to be random
        }

        await server.KillAsync();
        await Task.WhenAll(running);
        await compaction;
    }

    /// <summary>Requires every acknowledged sample and no invented one; returns how many were acknowledged.</summary>
    public async Task<long> CheckAsync(ServerProcess server)
    {
        foreach (CrashWriter writer in Writers)
        {
            List<int> present = await writer.ReadAsync(server);
            Assert.That(present.Count(i => i < writer.Acknowledged), Is.EqualTo(writer.Acknowledged), $"acknowledged samples of round {round}");
            Assert.That(present.Where(i => i >= writer.Sent), Is.Empty, $"samples of round {round} that were never sent");
        }

        return Writers.Sum(writer => (long)writer.Acknowledged);
    }

    private static async Task WaitAsync(SemaphoreSlim acknowledged, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.That(await acknowledged.WaitAsync(TimeSpan.FromMinutes(1)), Is.True, "The server stopped answering.");
        }
    }

    private static async Task CompactAsync(ServerProcess server)
    {
        try
        {
            using HttpResponseMessage response = await server.Client.PostAsync("/api/v1/admin/tsdb/compact", null);
        }
        catch (HttpRequestException)
        {
            // Killed meanwhile, which is the point.
        }
    }
}

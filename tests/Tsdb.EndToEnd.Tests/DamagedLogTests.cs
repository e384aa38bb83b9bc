using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>What a user sees after the log of a killed server was damaged: a start, a sentence with file and byte, a metric, and everything that was not damaged.</summary>
public sealed class DamagedLogTests
{
    private const int Requests = 6;

    private static readonly TestCaseData[] Damages =
    [
        Damage("CutInTheLastRecord", bytes => bytes[..^10], Requests - 1, "ends in an unfinished write at byte ", "wal_torn_bytes"),
        Damage("FlippedBitInTheLastRecord", bytes => Flip(bytes, bytes.Length - 3), Requests - 1, "ends in an unfinished write at byte ", "wal_torn_bytes"),
        Damage("RecordOfFourGigabytes", bytes => [.. bytes, .. Enumerable.Repeat((byte)0xFF, 64)], Requests, "ends in an unfinished write at byte ", "wal_torn_bytes"),
        Damage("FlippedBitInTheMiddle", bytes => Flip(bytes, bytes.Length / 2), Requests - 1, " is damaged from byte ", "wal_quarantined_ranges"),
        Damage("FlippedBitInTheHeader", bytes => Flip(bytes, 20), Requests, " is damaged from byte 0 to 64", "wal_quarantined_ranges"),
    ];

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Damages))]
    public async Task Start_DamagedLog_NamesTheDamageAndServesTheRest(Func<byte[], byte[]> damage, int left, string sentence, string metric)
    {
        string segment = await WriteAndKillAsync();
        File.WriteAllBytes(segment, damage(Written(segment)));

        await using ServerProcess server = await ServerProcess.StartAsync(_folder["data"], "--storage-shard-count", "1");
        Assert.That(server.Output, Does.Contain(segment + sentence).Or.Contain($"{segment} {sentence}"));
        Assert.That(await server.QueryNumberAsync("count(count_over_time(kept[1m]))", Requests), Is.EqualTo(left));
        Assert.That(await server.Client.GetStringAsync("/metrics"), Does.Match($"(?m)^{metric}[a-z_]*({{.*}})? [1-9]"));
        Assert.That(await server.WriteAsync("after value=1 1000000000"), Is.EqualTo(204));
    }

    [Test]
    public async Task Start_ZerosAfterTheLog_SaysThatItWasNotClosedAndLosesNothing()
    {
        string segment = await WriteAndKillAsync();
        File.WriteAllBytes(segment, [.. Written(segment), .. new byte[4096]]);

        await using ServerProcess server = await ServerProcess.StartAsync(_folder["data"], "--storage-shard-count", "1");
        Assert.That(server.Output, Does.Contain($"{segment} was not closed: its records end at byte "));
        Assert.That(await server.QueryNumberAsync("count(count_over_time(kept[1m]))", Requests), Is.EqualTo(Requests));
    }

    [Test]
    public async Task Start_EmptyNewestSegment_LosesNothing()
    {
        string segment = await WriteAndKillAsync();
        File.WriteAllBytes(segment.Replace("0000000001", "0000000002", StringComparison.Ordinal), []);

        await using ServerProcess server = await ServerProcess.StartAsync(_folder["data"], "--storage-shard-count", "1");
        Assert.That(await server.QueryNumberAsync("count(count_over_time(kept[1m]))", Requests), Is.EqualTo(Requests));
        Assert.That(server.Output, Does.Not.Contain("damaged"));
    }

    private static TestCaseData Damage(string name, Func<byte[], byte[]> damage, int left, string sentence, string metric) =>
        new TestCaseData(damage, left, sentence, metric).SetName($"Start_{name}_NamesTheDamageAndServesTheRest");

    // Without the room made in advance, which is zeros; what this test logs last does not end with one.
    private static byte[] Written(string segment)
    {
        byte[] bytes = File.ReadAllBytes(segment);
        return bytes[..(bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1)];
    }

    private static byte[] Flip(byte[] bytes, int offset)
    {
        bytes[offset] ^= 0x10;
        return bytes;
    }

    // Each request is a series of its own: a damaged record loses that one. Returns the path of the only segment.
    private async Task<string> WriteAndKillAsync()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder["data"], "--storage-shard-count", "1");
        for (int i = 0; i < Requests; i++)
        {
            Assert.That(await server.WriteAsync($"kept,i={i} value={i} {i}000000000"), Is.EqualTo(204));
        }

        await server.KillAsync();
        return Directory.GetFiles(Path.Combine(_folder["data"], "wal", "0000")).Single();
    }
}

using Tsdb.Embedded;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage;
using Tsdb.Testing.Files;

namespace Tsdb.Tool.Tests.Inspecting;

/// <summary>A real database of one shard in a folder of its own, closed after each run so that its files can be looked at.</summary>
internal sealed class SmallDatabase : IDisposable
{
    /// <summary>The time of the first sample of every run: 2023-11-14T22:13:20Z.</summary>
    public const long StartNs = 1_700_000_000 * Timestamps.NsPerSecond;

    private static readonly LabelSet A = LabelSet.OfMetric("cpu", ("host", "a"));
    private static readonly LabelSet B = LabelSet.OfMetric("cpu", ("host", "b"));

    private readonly TemporaryDirectory _directory = new();
    private int _runs;

    /// <summary>The data folder.</summary>
    public string Folder => _directory.Path;

    /// <summary>The folder of the log's segments.</summary>
    public string Log => Path.Combine(Folder, "wal", "0000");

    /// <summary>The segments, oldest first.</summary>
    public string[] Segments => [.. Directory.GetFiles(Log, "*.log").Order(StringComparer.Ordinal)];

    /// <summary>The one block.</summary>
    public string Block => Directory.GetDirectories(Path.Combine(Folder, "blocks")).Single();

    /// <summary>Opens the database, writes a few samples of two series, flushes them if asked to, and closes it.</summary>
    public async Task RunAsync(bool flushes = false)
    {
        var options = new TimeSeriesDatabaseOptions { Storage = new StorageOptions { ShardCount = 1 } };
        await using TimeSeriesDatabase database = await TimeSeriesDatabase.OpenAsync(Folder, options);
        long startNs = StartNs + (_runs++ * 3600 * Timestamps.NsPerSecond);
        var batch = new SampleBatch();
        for (int i = 0; i < 4; i++)
        {
            batch.Add(A, startNs + (i * Timestamps.NsPerSecond), 1.5 + i);
            batch.Add(B, startNs + (i * Timestamps.NsPerSecond), i == 3 ? StalenessMarker.Value : 100 - i);
        }

        await database.WriteAsync(batch);
        if (flushes)
        {
            await database.CompactAsync();
        }
    }

    /// <summary>Flips one bit of a file.</summary>
    public static void Flip(string path, int offset)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 4;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Cuts bytes off the end of a file.</summary>
    public static void Cut(string path, int count)
    {
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^count]);
    }

    /// <summary>Every file with its bytes, to compare.</summary>
    public Dictionary<string, string> ReadFiles() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}

using Microsoft.Extensions.Time.Testing;
using Tsdb.Model.Files;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Logging;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>One shard's log on a test disk: batch n logs series n (once a generation) and one sample of it, all derived from n.</summary>
internal sealed class TestLog : IAsyncDisposable
{
    public const string Directory = "/data/wal/0000";
    public const int Shard = 0;

    private readonly WalMetrics _metrics = new();
    private readonly HashSet<uint> _loggedSlots = [];

    public TestLog(IFileSystem files, WalOptions? options = null, long firstSegment = 1)
    {
        Files = files;
        Replayed = WalReplay.Run(files, Directory, Shard, firstSegment, Visitor, Logger, _metrics);
        Writer = WalWriter.Open(files, Directory, Shard, Replayed, options ?? new WalOptions { RoomBytes = 0 }, Time, Logger, _metrics);
    }

    public IFileSystem Files { get; }

    public FakeTimeProvider Time { get; } = new();

    public ListLogger Logger { get; } = new();

    public RecordingVisitor Visitor { get; } = new();

    public WalReplayResult Replayed { get; }

    public WalWriter Writer { get; }

    public static LabelSet LabelsOf(uint slot) => LabelSet.OfMetric("m", ("slot", $"{slot}"));

    public static Sample SampleOf(ulong batch) => new(1_700_000_000_000_000_000 + ((long)batch * 1_000_000_000), batch + 0.5);

    public static IEnumerable<string> SegmentsIn(IFileSystem files) => files.List(Directory).Select(name => Directory + "/" + name);

    /// <summary>Looks at a log without changing it.</summary>
    public static (WalReplayResult Result, RecordingVisitor Visitor, ListLogger Logger) Look(IFileSystem files, long firstSegment = 1, bool repairs = false)
    {
        using var metrics = new WalMetrics();
        var visitor = new RecordingVisitor();
        var logger = new ListLogger();
        return (WalReplay.Run(files, Directory, Shard, firstSegment, visitor, logger, metrics, repairs), visitor, logger);
    }

    /// <summary>Logs batch <paramref name="batch"/> and returns the position to wait for.</summary>
    public long Append(ulong batch, uint? slot = null)
    {
        Writer.ThrowIfUnavailable();
        uint series = slot ?? (uint)batch;
        if (_loggedSlots.Add(series))
        {
            var newSeries = new WalSeriesBatch();
            newSeries.Add(series, LabelsOf(series).Canonical);
            Writer.AppendSeries(new SequenceNumber(batch), TenantId.Default, newSeries);
        }

        Sample sample = SampleOf(batch);
        Writer.AppendSamples(new SequenceNumber(batch), TenantId.Default, [series], [sample.TimestampNs], [sample.Value]);
        return Writer.Position;
    }

    public async Task WriteAsync(ulong batch, Durability durability = Durability.Always, uint? slot = null) =>
        await Writer.WaitAsync(Append(batch, slot), durability, CancellationToken.None);

    public long StartGeneration()
    {
        _loggedSlots.Clear();
        return Writer.StartGeneration();
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _metrics.Dispose();
    }
}

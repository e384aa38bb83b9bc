using Tsdb.Conformance.Tests.Reading;
using Tsdb.Embedded;
using Tsdb.Storage;
using Tsdb.Testing.Files;
using Tsdb.Testing.Reading;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>A data set of a script in every form it is queried in: in the memtable, in blocks, and after a restart.</summary>
/// <remarks>
/// Series with native histograms or start timestamps, which the storage engine does not keep, lie in a source of their own beside each form.
/// </remarks>
internal sealed class ScriptStore : IAsyncDisposable
{
    private static readonly StorageOptions Storage = new() { ShardCount = 2, MemtableBytes = 1 << 20, WalSegmentBytes = 1 << 20 };

    private readonly List<TimeSeriesDatabase> _databases = [];

    private ScriptStore(InMemorySeriesSource beside) => Beside = beside;

    /// <summary>The source of the series the storage engine does not keep.</summary>
    public InMemorySeriesSource Beside { get; }

    /// <summary>The forms.</summary>
    public List<StoreForm> Forms { get; } = [];

    /// <summary>Loads a data set.</summary>
    public static async Task<ScriptStore> LoadAsync(IEnumerable<LoadCommand> loads)
    {
        var all = new InMemorySeriesSource();
        foreach (LoadCommand load in loads)
        {
            ScriptLoader.Load(all, load);
        }

        var store = new ScriptStore(all.TakeWhere(static sample => sample.Value is null || sample.StartTimestampNs != 0));
        if (all.Count == 0)
        {
            store.Forms.Add(new StoreForm("beside the engine", store.Beside));
            return store;
        }

        store.Add("in the memtable", await store.OpenAsync(new InMemoryFileSystem(), all));
        TimeSeriesDatabase compacted = await store.OpenAsync(new InMemoryFileSystem(), all);
        await compacted.CompactAsync();
        store.Add("in blocks", compacted);
        var disk = new InMemoryFileSystem();
        await (await store.OpenAsync(disk, all)).DisposeAsync();
        store.Add("after a restart", await store.OpenAsync(disk, null));
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TimeSeriesDatabase database in _databases)
        {
            await database.DisposeAsync();
        }
    }

    private void Add(string name, TimeSeriesDatabase database) =>
        Forms.Add(new StoreForm(name, new JoinedSeriesSource(database.SeriesSource, Beside)));

    private async Task<TimeSeriesDatabase> OpenAsync(InMemoryFileSystem disk, InMemorySeriesSource? samples)
    {
        TimeSeriesDatabase database = await TimeSeriesDatabase.OpenAsync("/data", new TimeSeriesDatabaseOptions { FileSystem = disk, Storage = Storage });
        _databases.Add(database);
        if (samples is not null)
        {
            var batch = new SampleBatch();
            foreach (InMemorySeries series in samples.All)
            {
                foreach (InMemorySample sample in series.Samples)
                {
                    batch.Add(series.Labels, sample.TimestampNs, sample.Value!.Value);
                }
            }

            await database.WriteAsync(batch);
        }

        return database;
    }
}

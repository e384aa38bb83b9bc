using Microsoft.Extensions.Logging;
using Tsdb.Storage.Checkpoints;
using Tsdb.Storage.Reading;
using Tsdb.Storage.Retention;

namespace Tsdb.Storage.Compaction;

/// <summary>What the background loop works with.</summary>
/// <param name="Flusher">Writes blocks.</param>
/// <param name="Manifest">Records which blocks count.</param>
/// <param name="Blocks">Where readers find blocks.</param>
/// <param name="Checkpointer">Writes checkpoints.</param>
/// <param name="Retention">What is too old.</param>
/// <param name="MemtableAge">How old a memtable may become before it is frozen.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">Where flushes are counted.</param>
/// <param name="Log">Where they are told.</param>
internal sealed record FlushServices(
    MemtableFlusher Flusher,
    ManifestKeeper Manifest,
    BlockSet Blocks,
    Checkpointer Checkpointer,
    RetentionPolicy Retention,
    TimeSpan MemtableAge,
    TimeProvider Time,
    StorageMetrics Metrics,
    ILogger Log);

using Microsoft.Extensions.Logging;
using Tsdb.Model.Files;

namespace Tsdb.Storage;

/// <summary>What the engine needs of the world around it; everything it does to disk, clock and chance goes through these.</summary>
/// <param name="Files">The disk.</param>
/// <param name="Time">The clock, for timers, block names and retention; data never depends on its order.</param>
/// <param name="Random">Chance, for block names and skip-list heights. Used under a lock of the engine's own.</param>
/// <param name="Logging">Where the engine's loggers come from.</param>
public sealed record StorageServices(IFileSystem Files, TimeProvider Time, Random Random, ILoggerFactory Logging);

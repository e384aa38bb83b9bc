using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Model.Files;
using Tsdb.Model.Writing;
using Tsdb.Query;
using Tsdb.Storage;
using Tsdb.Storage.Files;

namespace Tsdb.Embedded;

/// <summary>How a database is opened. Checked once, when it opens; later changes to the object have no effect.</summary>
public sealed record TimeSeriesDatabaseOptions
{
    /// <summary>The folder that holds the data; created if missing. Used by one database at a time. Default "data".</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>When an awaited write counts as done, where the call does not say. Default <see cref="Model.Writing.Durability.Always"/>.</summary>
    public Durability Durability { get; set; } = Durability.Always;

    /// <summary>The storage engine's settings: memory, log, retention.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>The query engine's settings: limits and lookback.</summary>
    public QueryEngineOptions Query { get; set; } = new();

    /// <summary>The limits of line protocol; its limits of labels hold for every write.</summary>
    public LineProtocolOptions LineProtocol { get; set; } = new();

    /// <summary>The clock: time of receipt, retention, timers. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the database's loggers come from. Default none.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The disk. Default the operating system's.</summary>
    public IFileSystem FileSystem { get; set; } = new PhysicalFileSystem();

    /// <summary>
    /// Seed of the names of blocks and the shape of skip lists; any value. Null, the default, takes one from the clock. Data does not depend on it.
    /// </summary>
    public int? RandomSeed { get; set; }

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            throw new ArgumentException($"{nameof(DataDirectory)} is empty, but must be a folder's path.", nameof(DataDirectory));
        }

        if (!Enum.IsDefined(Durability))
        {
            throw new ArgumentOutOfRangeException(nameof(Durability), Durability, $"{nameof(Durability)} is {Durability}, but must be always, interval or os.");
        }

        ArgumentNullException.ThrowIfNull(Storage);
        ArgumentNullException.ThrowIfNull(Query);
        ArgumentNullException.ThrowIfNull(LineProtocol);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentNullException.ThrowIfNull(FileSystem);
    }
}

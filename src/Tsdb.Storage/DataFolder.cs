using System.Globalization;

namespace Tsdb.Storage;

/// <summary>The names of what lies in a data folder; docs/formats.md draws the tree.</summary>
/// <param name="Path">The data folder.</param>
internal sealed record DataFolder(string Path)
{
    /// <summary>The file a process locks while it has the folder open.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "LOCK");

    /// <summary>Where published blocks lie.</summary>
    public string Blocks => System.IO.Path.Combine(Path, "blocks");

    /// <summary>Where blocks that no MANIFEST names are kept for a person to look at.</summary>
    public string Quarantine => System.IO.Path.Combine(Path, "quarantine");

    /// <summary>Where the shards' logs lie.</summary>
    public string Wal => System.IO.Path.Combine(Path, "wal");

    /// <summary>Where one shard's log lies.</summary>
    public string WalOf(int shard) => System.IO.Path.Combine(Wal, shard.ToString("D4", CultureInfo.InvariantCulture));
}

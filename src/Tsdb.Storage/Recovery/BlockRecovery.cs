using Microsoft.Extensions.Logging;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Compaction;
using Tsdb.Storage.Reading;

namespace Tsdb.Storage.Recovery;

/// <summary>Opens the blocks that the MANIFEST names and clears away what a crash left beside them.</summary>
internal static class BlockRecovery
{
    private const string TemporaryPrefix = "tmp-";

    /// <summary>Opens the blocks.</summary>
    /// <exception cref="CorruptionException">A block is damaged or missing.</exception>
    public static BlockSet Open(DataFolder folder, IReadOnlyCollection<BlockId> named, BlockFiles blockFiles, ILogger log)
    {
        IFileSystem files = blockFiles.Files;
        files.CreateDirectory(folder.Blocks);
        ClearAway(folder, named, files, log);
        var set = new BlockSet();
        try
        {
            foreach (BlockId id in named)
            {
                set.Add([blockFiles.Open(id)]);
            }
        }
        catch
        {
            set.Dispose();
            throw;
        }

        return set;
    }

    // A temporary folder was never complete. A published block that no MANIFEST names is kept aside: its samples are still in the log, or in the blocks
    // it was merged from, but deleting what cannot be explained is not for a program to decide.
    private static void ClearAway(DataFolder folder, IReadOnlyCollection<BlockId> named, IFileSystem files, ILogger log)
    {
        HashSet<string> names = [.. named.Select(id => id.ToString())];
        foreach (string name in files.List(folder.Blocks))
        {
            string path = Path.Combine(folder.Blocks, name);
            if (name.StartsWith(TemporaryPrefix, StringComparison.Ordinal))
            {
                files.DeleteDirectory(path);
            }
            else if (!names.Contains(name))
            {
                string quarantine = Path.Combine(folder.Quarantine, name);
                files.CreateDirectory(folder.Quarantine);
                files.Rename(path, quarantine);
                StorageLog.Orphan(log, path, quarantine);
            }
        }
    }
}

using Tsdb.Model.Files;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Storage.Blocks;

namespace Tsdb.Storage.Compaction;

/// <summary>Creates and opens the block folders of a data folder. Safe for concurrent use.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="services">Disk, clock and chance.</param>
internal sealed class BlockFiles(DataFolder folder, StorageServices services)
{
    private readonly Lock _gate = new(); // guards services.Random

    /// <summary>Begins a block of level 0 under a new id, in a temporary folder.</summary>
    public BlockWriter Create(TenantId tenant, SequenceNumber minSequence, SequenceNumber maxSequence)
    {
        BlockId id;
        lock (_gate)
        {
            id = BlockId.New(services.Time, services.Random);
        }

        return BlockWriter.Create(services.Files, folder.Blocks, id, tenant, level: 0, minSequence, maxSequence);
    }

    /// <summary>Completes a block on disk, under its final name, and opens it.</summary>
    public Block Publish(BlockWriter writer) => Open(writer.Publish().Id);

    /// <summary>Opens a published block.</summary>
    public Block Open(BlockId id) => Block.Open(services.Files, Path.Combine(folder.Blocks, id.ToString()));

    /// <summary>The disk.</summary>
    public IFileSystem Files => services.Files;
}

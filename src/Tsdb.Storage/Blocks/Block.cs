using System.Buffers;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Model.Placement;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks.Columns;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Blocks.Lookup;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Blocks;

/// <summary>A published block, mapped for reading. Series are numbered by their place in it, its rows. Safe for concurrent use while held.</summary>
/// <remarks>
/// Counted references: <see cref="Open"/> gives the owner one, readers take theirs with <see cref="TryAcquire"/>; when the last is released the files
/// are unmapped, and deleted if <see cref="Delete"/> was called.
/// </remarks>
internal sealed class Block : ILabelIndex
{
    private readonly IFileSystem _files;
    private readonly string _folder;
    private readonly BlockFile _indexFile;
    private readonly BlockFile _chunksFile;
    private readonly BlockLabelIndex _labels;
    private readonly BlockChunks _chunks;
    private int _references = 1;
    private volatile bool _isDeleted; // set before the owner's reference is released

    private Block(IFileSystem files, string folder, BlockMeta meta, BlockFile indexFile, BlockFile chunksFile)
    {
        _files = files;
        _folder = folder;
        _indexFile = indexFile;
        _chunksFile = chunksFile;
        Meta = meta;
        _labels = new BlockLabelIndex(indexFile);
        _chunks = new BlockChunks(indexFile, chunksFile);
        if (_labels.SeriesCount != meta.SeriesCount || _chunks.SeriesCount != meta.SeriesCount || _chunks.ChunkCount != meta.ChunkCount)
        {
            throw new CorruptionException(indexFile.Path, 0, $"its counts of series and chunks differ from those in {BlockNames.Meta}");
        }
    }

    /// <summary>What is known of the block as a whole.</summary>
    public BlockMeta Meta { get; }

    /// <inheritdoc/>
    public int SeriesCount => _labels.SeriesCount;

    /// <inheritdoc/>
    public uint SeriesLimit => _labels.SeriesLimit;

    /// <summary>Opens a block: maps its files and checks everything but the chunks, each of which is checked when first read.</summary>
    /// <exception cref="CorruptionException">A file is missing or its bytes are not what was written.</exception>
    /// <exception cref="DataFolderException">The block is of a newer version.</exception>
    public static Block Open(IFileSystem files, string folder)
    {
        BlockMeta meta = BlockMetaFile.Read(files, Path.Combine(folder, BlockNames.Meta));
        BlockFile? index = null;
        BlockFile? chunks = null;
        try
        {
            index = BlockFile.Open(files, Path.Combine(folder, BlockNames.Index), BlockFileFormat.IndexMagic, meta.Id, meta.Index.LengthBytes);
            chunks = BlockFile.Open(files, Path.Combine(folder, BlockNames.Chunks), BlockFileFormat.ChunksMagic, meta.Id, meta.Chunks.LengthBytes);
            var block = new Block(files, folder, meta, index, chunks);

            // The index was read whole to be checked, and neither is asked for again until a query wants some of it.
            index.ReleasePages();
            chunks.ReleasePages();
            return block;
        }
        catch
        {
            chunks?.Dispose();
            index?.Dispose();
            throw;
        }
    }

    /// <summary>Takes a reference; false when the last one is gone already.</summary>
    public bool TryAcquire()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Gives a reference back. Whoever gives back the last one unmaps the files and, if asked for, deletes them.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) > 0)
        {
            return;
        }

        _indexFile.Dispose();
        _chunksFile.Dispose();
        if (_isDeleted)
        {
            DeleteFolder();
        }
    }

    /// <summary>
    /// Gives the owner's reference back and has the files deleted after the last one. The MANIFEST must not name the block any more.
    /// </summary>
    public void Delete()
    {
        _isDeleted = true;
        Release();
    }

    /// <summary>Adds the chunks of floats of a series that overlap a range, in time order. Their bytes are borrowed from the block.</summary>
    /// <param name="row">The series.</param>
    /// <param name="range">The time wanted; whole chunks are given.</param>
    /// <param name="rank">The rank the chunks get.</param>
    /// <param name="into">Where they are added.</param>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    public void CollectChunks(uint row, TimeRange range, long rank, List<ChunkSlice> into) => _chunks.Collect(row, range, rank, into);

    /// <summary>Adds the chunks of histograms; as <see cref="CollectChunks"/> otherwise.</summary>
    /// <exception cref="CorruptionException">The bytes are not what was written.</exception>
    public void CollectHistograms(uint row, TimeRange range, long rank, List<ChunkSlice> into) => _chunks.CollectHistograms(row, range, rank, into);

    /// <summary>Reads what the index says of a series' chunks, statistics included, in time order.</summary>
    public ChunkEntryReader ChunkEntriesOf(uint row) => _chunks.EntriesOf(row);

    /// <inheritdoc/>
    public void CopyAll(PostingBuffer postings) => _labels.CopyAll(postings);

    /// <inheritdoc/>
    public void CopyPostings(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, PostingBuffer postings) => _labels.CopyPostings(name, value, postings);

    /// <inheritdoc/>
    public void VisitValues<TVisitor>(ReadOnlySpan<byte> name, ref TVisitor visitor)
        where TVisitor : ILabelValueVisitor, allows ref struct => _labels.VisitValues(name, ref visitor);

    /// <inheritdoc/>
    public void CopyLabels(uint series, IBufferWriter<byte> canonicalLabels) => _labels.CopyLabels(series, canonicalLabels);

    /// <summary>Adds the series of a virtual shard.</summary>
    public void CopyVirtualShard(VirtualShard shard, PostingBuffer postings) => _labels.CopyVirtualShard(shard, postings);

    /// <summary>Reads both data files whole and compares them with the hashes in the meta file.</summary>
    /// <exception cref="CorruptionException">A byte differs.</exception>
    public void Scrub()
    {
        Compare(_chunksFile, Meta.Chunks);
        Compare(_indexFile, Meta.Index);
    }

    private static void Compare(BlockFile file, FileDigest written)
    {
        FileDigest found = file.Digest();
        if (found != written)
        {
            throw new CorruptionException(file.Path, 0, $"its Merkle root is {found.MerkleRoot}; {BlockNames.Meta} says {written.MerkleRoot}");
        }
    }

    // Renamed first, so that a crash half way through leaves a folder that start-up clears away, not half a block.
    private void DeleteFolder()
    {
        string temporary = Path.Combine(Path.GetDirectoryName(_folder)!, BlockNames.TemporaryPrefix + Meta.Id);
        try
        {
            _files.Rename(_folder, temporary);
            _files.DeleteDirectory(temporary);
        }
        catch (IOException)
        {
            // No MANIFEST names the block, so start-up clears away what is left; the reader that happened to be last can do nothing about it.
        }
    }
}

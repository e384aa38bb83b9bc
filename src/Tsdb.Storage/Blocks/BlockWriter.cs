using System.Buffers.Binary;
using System.Diagnostics;
using Tsdb.Model.Files;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Blocks.Columns;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Blocks.Lookup;
using Tsdb.Storage.Chunks;

namespace Tsdb.Storage.Blocks;

/// <summary>
/// Writes a block in a temporary folder, series by series in the order of <see cref="CanonicalLabels.Compare"/>, and gives it its name when it is
/// complete and synced. Used by one thread. Dispose it in any case: what was not published is deleted.
/// </summary>
internal sealed class BlockWriter : IDisposable
{
    private readonly IFileSystem _files;
    private readonly string _blocksFolder;
    private readonly BlockMeta _outline; // what is known from the start
    private readonly BlockFileWriter _chunks;
    private readonly SeriesCollector _series = new();
    private readonly ChunkIndexBuilder _chunkIndex = new();
    private readonly TimestampColumnsBuilder _columns = new();
    private readonly ChunkInspector _inspector = new();
    private string _folder;
    private byte[] _labels = []; // of the current series
    private int _labelsLength = -1; // before the first series
    private bool _isRowBegun; // a series is kept from its first chunk on
    private long _lastTimeNs; // of the current series and kind
    private SampleKind _lastKind; // of the current series
    private TimeRange _range = new(long.MaxValue, long.MinValue);
    private bool _isPublished;

    private BlockWriter(IFileSystem files, string blocksFolder, BlockMeta outline)
    {
        _files = files;
        _blocksFolder = blocksFolder;
        _outline = outline;
        _folder = Path.Combine(blocksFolder, BlockNames.TemporaryPrefix + outline.Id);
        files.CreateDirectory(_folder);
        _chunks = new BlockFileWriter(files, Path.Combine(_folder, BlockNames.Chunks), BlockFileFormat.ChunksMagic, outline.Id);
        _chunks.BeginChunks();
    }

    /// <summary>Samples added so far.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Begins a block.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="blocksFolder">The existing folder that holds the blocks' folders.</param>
    /// <param name="id">The block's id, new.</param>
    /// <param name="tenant">Whose samples it will hold.</param>
    /// <param name="level">0 for a flush; one more than its inputs' for a compaction.</param>
    /// <param name="minSequence">The first write with samples in it.</param>
    /// <param name="maxSequence">The last write with samples in it.</param>
    public static BlockWriter Create(
        IFileSystem files, string blocksFolder, BlockId id, TenantId tenant, int level, SequenceNumber minSequence, SequenceNumber maxSequence) =>
        new(files, blocksFolder, new BlockMeta
        {
            Id = id,
            Tenant = tenant,
            Level = level,
            Range = default,
            MinSequence = minSequence,
            MaxSequence = maxSequence,
            SeriesCount = 0,
            ChunkCount = 0,
            SampleCount = 0,
            Chunks = default,
            Index = default,
        });

    /// <summary>Begins the next series; one that gets no chunk is left out.</summary>
    /// <param name="canonicalLabels">Canonical labels that sort after those of the series before; copied.</param>
    /// <exception cref="ArgumentException">They do not sort after.</exception>
    public void BeginSeries(ReadOnlySpan<byte> canonicalLabels)
    {
        Debug.Assert(CanonicalLabels.IsCanonical(canonicalLabels), "A block identifies series by canonical labels.");
        if (_labelsLength >= 0 && CanonicalLabels.Compare(_labels.AsSpan(0, _labelsLength), canonicalLabels) >= 0)
        {
            throw new ArgumentException("The series of a block are written in ascending order, each once.", nameof(canonicalLabels));
        }

        EndRow();
        if (_labels.Length < canonicalLabels.Length)
        {
            _labels = new byte[canonicalLabels.Length * 2];
        }

        canonicalLabels.CopyTo(_labels);
        _labelsLength = canonicalLabels.Length;
        _lastTimeNs = long.MinValue;
    }

    /// <summary>Adds the next chunk of the current series, those of histograms before those of floats; its bytes are copied.</summary>
    /// <exception cref="ArgumentException">The chunk cannot be decoded, or begins before the end of the last one of its kind.</exception>
    public void AddChunk(in ChunkSlice chunk)
    {
        ChunkEntry entry = _inspector.Describe(chunk, _chunks.PositionBytes);
        bool follows = !_isRowBegun
            || (entry.Kind == _lastKind ? entry.Column.MinTimeNs > _lastTimeNs : entry.Kind == SampleKind.Float);
        if (!follows)
        {
            throw new ArgumentException("The chunks of a series are written histograms first, each kind in time order and without overlap.", nameof(chunk));
        }

        if (!_isRowBegun)
        {
            _series.Add(_labels.AsSpan(0, Math.Max(_labelsLength, 0)));
            _isRowBegun = true;
        }

        WriteFrame(chunk);
        _chunkIndex.Add(entry, _columns.Add(entry.Column));
        _lastTimeNs = entry.Column.MaxTimeNs;
        _lastKind = entry.Kind;
        _range = new TimeRange(Math.Min(_range.MinTimeNs, entry.Column.MinTimeNs), Math.Max(_range.MaxTimeNs, entry.Column.MaxTimeNs));
        SampleCount += entry.Column.Count;
    }

    /// <summary>Completes the block: syncs its files, then their names, renames the folder, and syncs the name.</summary>
    /// <remarks>The block counts only once the MANIFEST names it; a crash before leaves a folder that start-up clears away.</remarks>
    public BlockMeta Publish()
    {
        EndRow();
        FileDigest chunks = _chunks.Finish();
        BlockMeta meta = _outline with
        {
            Range = _range,
            SeriesCount = _series.Count,
            ChunkCount = _chunkIndex.ChunkCount,
            SampleCount = SampleCount,
            Chunks = chunks,
            Index = WriteIndex(),
        };
        WriteMeta(meta);
        _files.SyncDirectory(_folder);
        string final = Path.Combine(_blocksFolder, meta.Id.ToString());
        _files.Rename(_folder, final);
        _folder = final;
        _files.SyncDirectory(_blocksFolder);
        _isPublished = true;
        return meta;
    }

    /// <summary>Closes the files; deletes the folder unless it was published.</summary>
    public void Dispose()
    {
        _chunks.Dispose();
        if (_isPublished)
        {
            return;
        }

        try
        {
            _files.DeleteDirectory(_folder);
        }
        catch (IOException)
        {
            // The folder does not count, and start-up clears it away; the error that stopped the writing matters more than this one.
        }
    }

    private void EndRow()
    {
        if (_isRowBegun)
        {
            _chunkIndex.EndRow();
            _isRowBegun = false;
        }
    }

    private void WriteFrame(in ChunkSlice chunk)
    {
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, ChunkFrame.ChecksumOf(chunk.Codec, chunk.Bytes));
        _chunks.Write([(byte)chunk.Codec]);
        _chunks.Write(chunk.Bytes);
        _chunks.Write(checksum);
    }

    private FileDigest WriteIndex()
    {
        using var file = new BlockFileWriter(_files, Path.Combine(_folder, BlockNames.Index), BlockFileFormat.IndexMagic, _outline.Id);
        new LookupWriter(_series).Write(file);
        file.WriteSection(SectionType.TimestampColumns, _columns.Build().Payload);
        file.WriteSection(SectionType.ChunkIndex, _chunkIndex.Build().Payload);
        return file.Finish();
    }

    private void WriteMeta(BlockMeta meta)
    {
        using IWritableFile file = _files.CreateFile(Path.Combine(_folder, BlockNames.Meta));
        file.Write(0, BlockMetaFile.Encode(meta));
        file.Sync();
    }
}

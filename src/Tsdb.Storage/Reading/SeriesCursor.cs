using System.Buffers;
using Tsdb.Model.Reading;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Index;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Reading;

/// <summary>Walks over the series that match, each with the samples of every memtable and block merged.</summary>
internal sealed class SeriesCursor : ISeriesCursor
{
    private readonly SourceSnapshot _snapshot;
    private readonly IReadOnlyList<ILabelIndex> _sources;
    private readonly PartJoiner _series;
    private readonly TimeRange _range;
    private readonly CancellationToken _cancellationToken;
    private readonly MergedColumnReader _columns = new();
    private readonly MergedHistogramReader _histograms = new();
    private readonly List<ChunkSlice> _chunks = [];
    private readonly List<ChunkSlice> _histogramChunks = [];
    private readonly ArrayBufferWriter<byte> _labels = new(512);
    private int _position = -1;
    private bool _hasLabels;
    private bool _hasHistograms; // those of the current series have been looked for

    /// <summary>Takes ownership of the snapshot.</summary>
    public SeriesCursor(
        SourceSnapshot snapshot, IReadOnlyList<ILabelIndex> sources, PartJoiner series, TimeRange range, CancellationToken cancellationToken)
    {
        _snapshot = snapshot;
        _sources = sources;
        _series = series;
        _range = range;
        _cancellationToken = cancellationToken;
    }

    /// <inheritdoc/>
    public int CountEstimate => _series.Heads.Count;

    /// <inheritdoc/>
    public IColumnReader Columns => _columns;

    /// <inheritdoc/>
    public IHistogramReader Histograms
    {
        get
        {
            if (!_hasHistograms)
            {
                CollectHistograms();
                _histograms.Begin(_histogramChunks, _range);
                _hasHistograms = true;
            }

            return _histograms;
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Labels
    {
        get
        {
            if (!_hasLabels)
            {
                SeriesPart head = _series[_series.Heads[_position]];
                _labels.ResetWrittenCount();
                _sources[head.Source].CopyLabels(head.Series, _labels);
                _hasLabels = true;
            }

            return _labels.WrittenSpan;
        }
    }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_position + 1 >= _series.Heads.Count)
        {
            return false;
        }

        _position++;
        _hasLabels = false;
        _hasHistograms = false;
        CollectChunks();
        _columns.Begin(_chunks, _range);
        return true;
    }

    /// <summary>True when the current series has a chunk that may hold samples of the range.</summary>
    public bool HasChunks => _chunks.Count > 0 || HasHistogramChunks();

    /// <inheritdoc/>
    public void Dispose()
    {
        _snapshot.Dispose();
        _columns.Dispose();
    }

    private bool HasHistogramChunks()
    {
        CollectHistograms();
        return _histogramChunks.Count > 0;
    }

    // Ranks ascend from the oldest block to the newest memtable, as far apart as a memtable needs for itself.
    private void CollectChunks()
    {
        _chunks.Clear();
        int shards = _snapshot.Memtables.Length;
        for (int index = _series.Heads[_position]; index >= 0; index = _series[index].Next)
        {
            SeriesPart part = _series[index];
            if (part.Source >= shards)
            {
                int block = part.Source - shards;
                _snapshot.Blocks[block].CollectChunks(part.Series, _range, block, _chunks);
                continue;
            }

            List<ShardMemtable> tables = _snapshot.Memtables[part.Source];
            for (int age = 0; age < tables.Count; age++)
            {
                tables[age].CollectChunks(part.Series, _range, _snapshot.Blocks.Count + (age * ShardMemtable.RankCount), _chunks);
            }
        }
    }

    private void CollectHistograms()
    {
        _histogramChunks.Clear();
        int shards = _snapshot.Memtables.Length;
        for (int index = _series.Heads[_position]; index >= 0; index = _series[index].Next)
        {
            SeriesPart part = _series[index];
            if (part.Source >= shards)
            {
                int block = part.Source - shards;
                _snapshot.Blocks[block].CollectHistograms(part.Series, _range, block, _histogramChunks);
                continue;
            }

            List<ShardMemtable> tables = _snapshot.Memtables[part.Source];
            for (int age = 0; age < tables.Count; age++)
            {
                tables[age].CollectHistograms(part.Series, _range, _snapshot.Blocks.Count + age, _histogramChunks);
            }
        }
    }
}

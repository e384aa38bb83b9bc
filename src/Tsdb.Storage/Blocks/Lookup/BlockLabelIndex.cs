using System.Buffers;
using Tsdb.Model.Placement;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>The label index of a block, read where it lies in the mapped file. Safe for concurrent use.</summary>
internal sealed class BlockLabelIndex : ILabelIndex
{
    private readonly Symbols _symbols;
    private readonly Labels _labels;
    private readonly SeriesRows _rows;
    private readonly Section _postings;
    private readonly VirtualShards _virtualShards;
    private SeriesRowReader? _idleReader; // taken and put back whole; whoever finds none makes one

    /// <summary>Views the sections of an index file and checks their outlines.</summary>
    public BlockLabelIndex(BlockFile file)
    {
        _symbols = new Symbols(file.SectionOf(SectionType.Symbols));
        _labels = new Labels(file.SectionOf(SectionType.Labels), _symbols);
        _rows = new SeriesRows(file.SectionOf(SectionType.Series));
        _postings = file.SectionOf(SectionType.Postings);
        _virtualShards = new VirtualShards(file.SectionOf(SectionType.VirtualShards));
    }

    /// <inheritdoc/>
    public int SeriesCount => _rows.Count;

    /// <inheritdoc/>
    public uint SeriesLimit => (uint)_rows.Count;

    /// <inheritdoc/>
    public void CopyAll(PostingBuffer postings)
    {
        Span<uint> rows = postings.GetSpan(_rows.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (uint)i;
        }
    }

    /// <inheritdoc/>
    public void CopyPostings(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, PostingBuffer postings)
    {
        int label = _labels.FindName(name);
        if (label < 0)
        {
            return;
        }

        uint symbol = _symbols.LowerBound(value, out bool exists);
        if (!exists)
        {
            return;
        }

        uint pair = _labels.LowerBound(label, symbol);
        if (pair < _labels.EndPairOf(label) && _labels.ValueSymbolOf(pair) == symbol)
        {
            PostingList.Read(_postings, _labels.PostingsOf(pair), _rows.Count, postings);
        }
    }

    /// <inheritdoc/>
    public void VisitValues<TVisitor>(ReadOnlySpan<byte> name, ref TVisitor visitor)
        where TVisitor : ILabelValueVisitor, allows ref struct
    {
        int label = _labels.FindName(name);
        if (label < 0)
        {
            return;
        }

        var values = new SymbolReader(_symbols);
        ReadOnlySpan<byte> prefix = visitor.Prefix;
        uint pair = prefix.IsEmpty ? _labels.FirstPairOf(label) : _labels.LowerBound(label, _symbols.LowerBound(prefix, out _));
        for (uint end = _labels.EndPairOf(label); pair < end; pair++)
        {
            ReadOnlySpan<byte> value = values.Read(_labels.ValueSymbolOf(pair));
            if (!value.StartsWith(prefix))
            {
                return; // values are sorted: those with the prefix lie together
            }

            if (visitor.Wants(value))
            {
                PostingList.Read(_postings, _labels.PostingsOf(pair), _rows.Count, visitor.Postings);
            }
        }
    }

    /// <inheritdoc/>
    public void CopyLabels(uint series, IBufferWriter<byte> canonicalLabels)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(series, (uint)_rows.Count);
        SeriesRowReader reader = Interlocked.Exchange(ref _idleReader, null) ?? new SeriesRowReader(_rows, _labels, _symbols);
        canonicalLabels.Write(reader.Read((int)series));
        Volatile.Write(ref _idleReader, reader); // not after damage: a reader that met it is in no good state
    }

    /// <summary>Adds the series of a virtual shard.</summary>
    public void CopyVirtualShard(VirtualShard shard, PostingBuffer postings) => _virtualShards.Read(shard, _postings, _rows.Count, postings);
}

using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>Writes the sections that find series by label: symbols, labels, series, postings and virtual shards. Used once.</summary>
internal sealed class LookupWriter
{
    private readonly SeriesCollector _series;
    private readonly uint[] _order; // pair numbers of the collector, sorted by name and value
    private readonly uint[] _rank; // the other way round: the place of each pair number

    /// <summary>Sorts the collected pairs.</summary>
    public LookupWriter(SeriesCollector series)
    {
        _series = series;
        byte[][] pairs = [.. series.Pairs];
        _order = new uint[pairs.Length];
        _rank = new uint[pairs.Length];
        for (uint i = 0; i < pairs.Length; i++)
        {
            _order[i] = i;
        }

        Array.Sort(pairs, _order, Comparer<byte[]>.Create(static (left, right) => CanonicalLabels.Compare(left, right)));
        for (uint place = 0; place < _order.Length; place++)
        {
            _rank[_order[place]] = place;
        }
    }

    /// <summary>Writes the sections.</summary>
    public void Write(BlockFileWriter file)
    {
        byte[][] symbols = SortedSymbols();
        var postings = new SectionBuilder();
        SectionBuilder rows = BuildRows(out RowGroups rowsByPair);
        SectionBuilder labels = BuildLabels(symbols, rowsByPair, postings);
        SectionBuilder virtualShards = BuildVirtualShards(postings);
        file.WriteSection(SectionType.Symbols, SymbolsBuilder.Build(symbols).Payload);
        file.WriteSection(SectionType.Labels, labels.Payload);
        file.WriteSection(SectionType.Series, rows.Payload);
        file.WriteSection(SectionType.Postings, postings.Payload);
        file.WriteSection(SectionType.VirtualShards, virtualShards.Payload);
    }

    private LabelView PairAt(int place)
    {
        ReadOnlySpan<byte> pair = _series.Pairs[(int)_order[place]];
        return CanonicalLabels.TakeFirst(ref pair);
    }

    private byte[][] SortedSymbols()
    {
        var distinct = new HashSet<byte[]>(BytesComparer.Instance);
        HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> bySpan = distinct.GetAlternateLookup<ReadOnlySpan<byte>>();
        for (int place = 0; place < _order.Length; place++)
        {
            LabelView pair = PairAt(place);
            bySpan.Add(pair.Name);
            bySpan.Add(pair.Value);
        }

        byte[][] symbols = [.. distinct];
        Array.Sort(symbols, BytesComparer.Instance);
        return symbols;
    }

    private SectionBuilder BuildRows(out RowGroups rowsByPair)
    {
        var rows = new SeriesRowsBuilder(_series.Count);
        rowsByPair = new RowGroups(_order.Length);
        uint[] places = [];
        for (int row = 0; row < _series.Count; row++)
        {
            ReadOnlySpan<uint> labels = _series.LabelsOf(row);
            Array.Resize(ref places, labels.Length);
            for (int i = 0; i < labels.Length; i++)
            {
                places[i] = _rank[labels[i]];
                rowsByPair.Count(places[i]);
            }

            rows.Add(places);
        }

        rowsByPair.EndCounting();
        for (int row = 0; row < _series.Count; row++)
        {
            foreach (uint label in _series.LabelsOf(row))
            {
                rowsByPair.Add(_rank[label], (uint)row);
            }
        }

        return rows.Section;
    }

    private SectionBuilder BuildLabels(byte[][] symbols, RowGroups rowsByPair, SectionBuilder postings)
    {
        var numbers = new Dictionary<byte[], uint>(symbols.Length, BytesComparer.Instance);
        for (uint i = 0; i < symbols.Length; i++)
        {
            numbers.Add(symbols[i], i);
        }

        Dictionary<byte[], uint>.AlternateLookup<ReadOnlySpan<byte>> bySpan = numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        var labels = new LabelsBuilder();
        ReadOnlySpan<byte> previousName = [];
        for (int place = 0; place < _order.Length; place++)
        {
            LabelView pair = PairAt(place);
            if (place == 0 || !pair.Name.SequenceEqual(previousName))
            {
                labels.AddName(bySpan[pair.Name]);
                previousName = pair.Name;
            }

            labels.AddValue(bySpan[pair.Value], PostingList.Write(postings, rowsByPair.RowsOf(place)));
        }

        return labels.Build();
    }

    private SectionBuilder BuildVirtualShards(SectionBuilder postings)
    {
        var groups = new RowGroups(VirtualShard.Count);
        foreach (ushort shard in _series.VirtualShards)
        {
            groups.Count(shard);
        }

        groups.EndCounting();
        for (int row = 0; row < _series.Count; row++)
        {
            groups.Add(_series.VirtualShards[row], (uint)row);
        }

        return VirtualShards.Build(groups, postings);
    }
}

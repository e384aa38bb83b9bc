using System.Runtime.InteropServices;
using Tsdb.Model.Labels;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>
/// Collects the series of a block that is being written. Each distinct name=value pair is kept once, under a number by first appearance.
/// </summary>
/// <remarks>4 bytes a label and 6 a series, besides the distinct pairs. Not thread-safe.</remarks>
internal sealed class SeriesCollector
{
    private readonly Dictionary<byte[], uint> _numbers = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], uint>.AlternateLookup<ReadOnlySpan<byte>> _numbersBySpan;
    private readonly List<byte[]> _pairs = [];
    private readonly List<uint> _labels = []; // of all rows, joined
    private readonly List<int> _rowEnds = [];
    private readonly List<ushort> _virtualShards = [];

    /// <summary>Creates an empty collector.</summary>
    public SeriesCollector() => _numbersBySpan = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many series were added.</summary>
    public int Count => _rowEnds.Count;

    /// <summary>The distinct pairs by number, each as the canonical bytes of a label.</summary>
    public IReadOnlyList<byte[]> Pairs => _pairs;

    /// <summary>The virtual shard of each series.</summary>
    public ReadOnlySpan<ushort> VirtualShards => CollectionsMarshal.AsSpan(_virtualShards);

    /// <summary>The pair numbers of a row.</summary>
    public ReadOnlySpan<uint> LabelsOf(int row)
    {
        int start = row == 0 ? 0 : _rowEnds[row - 1];
        return CollectionsMarshal.AsSpan(_labels)[start.._rowEnds[row]];
    }

    /// <summary>Adds the next series.</summary>
    public void Add(ReadOnlySpan<byte> canonicalLabels)
    {
        int place = Count == 0 ? 0 : _labels.Count - LabelsOf(Count - 1).Length; // in the series before
        int placeEnd = _labels.Count;
        ReadOnlySpan<byte> rest = canonicalLabels;
        while (!rest.IsEmpty)
        {
            // Sorted neighbours share most of their labels at the same places; a comparison is cheaper than a hash.
            if (place < placeEnd && rest.StartsWith(_pairs[(int)_labels[place]]))
            {
                rest = rest[_pairs[(int)_labels[place]].Length..];
                _labels.Add(_labels[place]);
            }
            else
            {
                ReadOnlySpan<byte> start = rest;
                CanonicalLabels.TakeFirst(ref rest);
                _labels.Add(NumberOf(start[..^rest.Length]));
            }

            place++;
        }

        _rowEnds.Add(_labels.Count);
        _virtualShards.Add(SeriesPlacement.VirtualShardOf(canonicalLabels).Value);
    }

    private uint NumberOf(ReadOnlySpan<byte> pair)
    {
        if (!_numbersBySpan.TryGetValue(pair, out uint number))
        {
            number = (uint)_pairs.Count;
            byte[] copy = pair.ToArray();
            _pairs.Add(copy);
            _numbers.Add(copy, number);
        }

        return number;
    }
}

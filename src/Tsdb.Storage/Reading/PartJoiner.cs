using System.Buffers;
using System.IO.Hashing;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Reading;

/// <summary>Finds which series of several sources are the same, by their canonical labels. Used by one thread.</summary>
/// <remarks>
/// Parts are chained per series. With a single source nothing is hashed. Two series with one hash are told apart by their labels: a hash is never trusted.
/// </remarks>
internal sealed class PartJoiner(IReadOnlyList<ILabelIndex> sources)
{
    private readonly List<SeriesPart> _parts = [];
    private readonly List<int> _heads = [];
    private readonly Dictionary<ulong, int> _headByHash = [];
    private readonly ArrayBufferWriter<byte> _labels = new(512);
    private readonly ArrayBufferWriter<byte> _otherLabels = new(512);

    /// <summary>The index of each distinct series' first part.</summary>
    public IReadOnlyList<int> Heads => _heads;

    /// <summary>The part at an index.</summary>
    public SeriesPart this[int index] => _parts[index];

    /// <summary>Adds the matching series of one source; sources come in ascending order.</summary>
    /// <param name="source">The source's number.</param>
    /// <param name="series">Its matching series.</param>
    /// <param name="alone">True when no other source has matching series, so that nothing needs to be joined.</param>
    public void Add(int source, ReadOnlySpan<uint> series, bool alone)
    {
        foreach (uint number in series)
        {
            int index = _parts.Count;
            _parts.Add(new SeriesPart(source, number, -1));
            if (alone || !TryJoin(index))
            {
                _heads.Add(index);
            }
        }
    }

    private bool TryJoin(int index)
    {
        ReadOnlySpan<byte> labels = LabelsOf(_parts[index], _labels);
        ulong hash = XxHash3.HashToUInt64(labels);
        while (!_headByHash.TryAdd(hash, index))
        {
            int head = _headByHash[hash];
            if (LabelsOf(_parts[head], _otherLabels).SequenceEqual(labels))
            {
                // Linked behind the head, so the order along a chain does not matter to readers: they go by rank.
                _parts[index] = _parts[index] with { Next = _parts[head].Next };
                _parts[head] = _parts[head] with { Next = index };
                return true;
            }

            hash++; // another series with this hash: try the next place
        }

        return false;
    }

    private ReadOnlySpan<byte> LabelsOf(SeriesPart part, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        sources[part.Source].CopyLabels(part.Series, buffer);
        return buffer.WrittenSpan;
    }
}

using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Tsdb.Encoding.Bits;
using Tsdb.Model.Collections;
using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Series;

/// <summary>The series of one shard: gives each label set a slot number and finds slots by their labels.</summary>
/// <remarks>
/// A label set is kept as the varint numbers of its <c>name=value</c> pairs, so that each text is stored once and each pair's posting list is
/// one step away; there is no managed object per series, pair or text. Nothing is ever removed: a table without the idle series is a new table
/// that the others were restored into.
/// <para>
/// Thread safety: one writer at a time (the shard lock guards <see cref="GetOrAdd"/>, <see cref="Restore"/>, <see cref="CompleteRestore"/> and
/// <see cref="NextSlot"/>); the other members may be called from any thread, without a lock, and see every series whose slot was published to
/// them and perhaps newer ones. A series' labels are readable before its slot appears in any posting list.
/// </para>
/// </remarks>
internal sealed class SeriesTable : ILabelIndex
{
    private readonly SymbolTable _symbols = new();
    private readonly LabelPairTable _pairs = new();
    private readonly PostingLists _postings = new();
    private readonly ByteArena _labelSets = new();
    private readonly PagedArray<ulong> _labels = new(); // by slot: address in _labelSets, 0 = no such series
    private readonly HashIndex _identities = new();
    private readonly LabelSetEncoder _encoder; // writer only
    private int _count;
    private uint _seriesLimit; // published when everything about the series below it is
    private uint _greatestSlot; // writer only
    private volatile bool _isOutOfOrder; // some posting list may not ascend; readers then sort what they copy

    /// <summary>Creates an empty table.</summary>
    public SeriesTable() => _encoder = new LabelSetEncoder(_symbols, _pairs);

    /// <summary>How many series there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public int SeriesCount => Count;

    /// <inheritdoc/>
    public uint SeriesLimit => Volatile.Read(ref _seriesLimit);

    /// <summary>The slot the next new series gets. May be raised, never lowered: numbers are not reused in a data folder.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below its value.</exception>
    public uint NextSlot
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, field);
            field = value;
        }
    }

    /// <summary>The slot of a label set, added with a new slot when it is not there.</summary>
    /// <exception cref="ArgumentException">The bytes are not canonical: replay would refuse them.</exception>
    /// <exception cref="LimitExceededException">All slot numbers are used up.</exception>
    public uint GetOrAdd(ReadOnlySpan<byte> canonicalLabels)
    {
        uint hash = HashOf(canonicalLabels);
        if (TryFind(canonicalLabels, hash, out uint slot))
        {
            return slot;
        }

        if (!CanonicalLabels.IsCanonical(canonicalLabels))
        {
            throw new ArgumentException("The labels are not canonical: valid UTF-8, sorted by name, each name once, none empty.", nameof(canonicalLabels));
        }

        slot = NextSlot;
        if (slot == uint.MaxValue)
        {
            throw new LimitExceededException("A shard of this data folder needs one more series", uint.MaxValue, "none: restore into a new folder");
        }

        Add(slot, hash, canonicalLabels);
        return slot;
    }

    /// <summary>Says whether there is a series with this slot.</summary>
    public bool Contains(uint slot) => AddressOf(slot) != 0;

    /// <summary>Finds the slot of a label set.</summary>
    public bool TryFind(ReadOnlySpan<byte> canonicalLabels, out uint slot) => TryFind(canonicalLabels, HashOf(canonicalLabels), out slot);

    /// <summary>
    /// Adds a series under the slot it had before, in any order of slots and with gaps between them; raises <see cref="NextSlot"/> beyond it.
    /// <see cref="CompleteRestore"/> ends a run of these.
    /// </summary>
    /// <returns>
    /// The slot to use for the series: not <paramref name="slot"/> but an earlier one when the label set is already there (it left memory and came
    /// back under a new number, and both lives are being replayed).
    /// </returns>
    /// <exception cref="ArgumentException">The slot belongs to another label set, or is not a possible slot.</exception>
    public uint Restore(uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        uint hash = HashOf(canonicalLabels);
        if (TryFind(canonicalLabels, hash, out uint known))
        {
            NextSlot = Math.Max(NextSlot, slot == uint.MaxValue ? slot : slot + 1);
            return known;
        }

        if (slot == uint.MaxValue || AddressOf(slot) != 0)
        {
            throw new ArgumentException($"Slot {slot} already belongs to another series or is out of range.", nameof(slot));
        }

        Add(slot, hash, canonicalLabels);
        return slot;
    }

    /// <summary>Puts posting lists that <see cref="Restore"/> left out of order in order. Call it before the table is shown to readers.</summary>
    public void CompleteRestore()
    {
        if (!_isOutOfOrder)
        {
            return;
        }

        var scratch = new PostingBuffer();
        for (uint pair = 0; pair < _pairs.Count; pair++)
        {
            _postings.Sort(ref _pairs[pair].Postings, scratch);
        }

        _isOutOfOrder = false;
    }

    /// <inheritdoc/>
    public void CopyAll(PostingBuffer postings)
    {
        long limit = _labels.Limit;
        for (long first = 0; first < limit; first += PagedArray<ulong>.PageLength)
        {
            ReadOnlySpan<ulong> page = _labels.PageOf((uint)first);
            for (int i = 0; i < page.Length; i++)
            {
                if (Volatile.Read(in page[i]) != 0)
                {
                    postings.Add((uint)(first + i));
                }
            }
        }
    }

    /// <inheritdoc/>
    public void CopyPostings(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, PostingBuffer postings)
    {
        if (_symbols.TryFind(name, out uint nameSymbol)
            && _symbols.TryFind(value, out uint valueSymbol)
            && _pairs.TryFind(nameSymbol, valueSymbol, out uint pair))
        {
            CopyPostings(pair, postings);
        }
    }

    /// <inheritdoc/>
    public void VisitValues<TVisitor>(ReadOnlySpan<byte> name, ref TVisitor visitor)
        where TVisitor : ILabelValueVisitor, allows ref struct
    {
        if (!_symbols.TryFind(name, out uint nameSymbol))
        {
            return;
        }

        for (uint next = _pairs.NewestOfName(nameSymbol); next != 0; next = _pairs[next - 1].OlderOfName)
        {
            if (visitor.Wants(_symbols[_pairs[next - 1].Value]))
            {
                CopyPostings(next - 1, visitor.Postings);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such series.</exception>
    public void CopyLabels(uint series, IBufferWriter<byte> canonicalLabels)
    {
        ulong address = AddressOf(series);
        if (address == 0)
        {
            throw new ArgumentException($"There is no series with slot {series}.", nameof(series));
        }

        ReadOnlySpan<byte> pairs = _labelSets[address];
        for (int position = 0; position < pairs.Length;)
        {
            ref readonly LabelPairTable.Pair pair = ref NextPair(pairs, ref position);
            WriteText(_symbols[pair.Name], canonicalLabels);
            WriteText(_symbols[pair.Value], canonicalLabels);
        }
    }

    private void Add(uint slot, uint hash, ReadOnlySpan<byte> canonicalLabels)
    {
        ReadOnlySpan<byte> pairs = _encoder.Encode(canonicalLabels);
        Volatile.Write(ref _labels.Add(slot), _labelSets.Add(pairs));
        _isOutOfOrder |= slot < _greatestSlot;
        _greatestSlot = Math.Max(_greatestSlot, slot);
        NextSlot = Math.Max(NextSlot, slot + 1);
        for (int position = 0; position < pairs.Length;)
        {
            _postings.Append(ref NextPair(pairs, ref position).Postings, slot);
        }

        _identities.Add(hash, slot);
        Volatile.Write(ref _count, _count + 1);
        Volatile.Write(ref _seriesLimit, _greatestSlot + 1);
    }

    private bool TryFind(ReadOnlySpan<byte> canonicalLabels, uint hash, out uint slot)
    {
        HashIndex.Candidates candidates = _identities.Find(hash);
        while (candidates.TryNext(out slot))
        {
            if (IsLabels(slot, canonicalLabels))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsLabels(uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        ReadOnlySpan<byte> pairs = _labelSets[_labels[slot]];
        for (int position = 0; position < pairs.Length;)
        {
            ref readonly LabelPairTable.Pair pair = ref NextPair(pairs, ref position);
            if (!TrySkipText(_symbols[pair.Name], ref canonicalLabels) || !TrySkipText(_symbols[pair.Value], ref canonicalLabels))
            {
                return false;
            }
        }

        return canonicalLabels.IsEmpty;
    }

    private void CopyPostings(uint pair, PostingBuffer postings)
    {
        Span<uint> copy = _postings.CopyTo(ref _pairs[pair].Postings, postings);
        if (_isOutOfOrder)
        {
            copy.Sort();
        }
    }

    private ref LabelPairTable.Pair NextPair(ReadOnlySpan<byte> pairs, ref int position)
    {
        Varint.TryReadUInt32(pairs, ref position, out uint pair);
        return ref _pairs[pair];
    }

    private ulong AddressOf(uint slot)
    {
        ref ulong address = ref _labels.Find(slot);
        return Unsafe.IsNullRef(ref address) ? 0 : Volatile.Read(ref address);
    }

    private static bool TrySkipText(ReadOnlySpan<byte> text, ref ReadOnlySpan<byte> canonicalLabels)
    {
        if (canonicalLabels.Length <= text.Length || canonicalLabels[text.Length] != CanonicalLabels.Terminator || !canonicalLabels.StartsWith(text))
        {
            return false;
        }

        canonicalLabels = canonicalLabels[(text.Length + 1)..];
        return true;
    }

    private static void WriteText(ReadOnlySpan<byte> text, IBufferWriter<byte> canonicalLabels)
    {
        Span<byte> free = canonicalLabels.GetSpan(text.Length + 1);
        text.CopyTo(free);
        free[text.Length] = CanonicalLabels.Terminator;
        canonicalLabels.Advance(text.Length + 1);
    }

    private static uint HashOf(ReadOnlySpan<byte> canonicalLabels) => (uint)XxHash3.HashToUInt64(canonicalLabels);
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tsdb.Ingest.SeriesKeys;

/// <summary>
/// An insert-only hash table from bytes to bytes, read without locks. Keys are compared byte for byte; the hash only finds candidates.
/// </summary>
/// <remarks>
/// <para>Open addressing with linear probing, at most half full. A slot is 16 bytes: the key's hash and the place of its record. Records lie in
/// pages, 8-byte aligned: <c>[key length i32][payload length i32][payload, padded to 8][key]</c>; a million entries are a few thousand objects.</para>
/// <para>Threads: any number of readers; writers are serialised by the caller. A record is complete before its slot's place is published, and a
/// slot never changes afterwards, so a reader sees an entry whole or not at all. One that reads an outgrown slot array misses only new entries.</para>
/// </remarks>
internal sealed class KeyTable
{
    private const int HeaderBytes = 8;
    private const int UnitBytes = 8;
    private const int PageUnitBits = 15;
    private const int PageBytes = UnitBytes << PageUnitBits;
    private const int FirstPageBytes = 4 << 10;

    /// <summary>Longest run of slots searched. Half full, only crafted keys need more; they are left uncached rather than searched for.</summary>
    private const int MaxProbes = 128;

    private volatile Slot[] _slots = new Slot[64];
    private volatile byte[][] _pages = [new byte[FirstPageBytes]];
    private int _pageUsed = UnitBytes; // place 0 means an empty slot
    private uint _lastPlace;           // the newest record; written after it is complete, as records up to here may be read without a slot
    private int _count;

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes { get; private set; } = (64 * 16) + FirstPageBytes;

    /// <summary>Finds the payload stored under the key <paramref name="head"/> followed by <paramref name="tail"/>.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="head">The key's beginning.</param>
    /// <param name="tail">Its end.</param>
    /// <param name="payload">The payload, borrowed.</param>
    /// <param name="next">Where the record added after the one found lies, for <see cref="TryMatch"/>.</param>
    public bool TryFind(ulong hash, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, out ReadOnlySpan<byte> payload, out uint next)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int index = (int)hash & mask;
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            ref Slot slot = ref slots[index];
            uint place = Volatile.Read(ref slot.Place);
            if (place == 0)
            {
                break;
            }

            if (slot.Hash == hash)
            {
                ReadOnlySpan<byte> key = KeyAt(place, out payload, out next);
                if (key.Length == head.Length + tail.Length && key.StartsWith(head) && key.EndsWith(tail))
                {
                    return true;
                }
            }

            index = (index + 1) & mask;
        }

        payload = default;
        next = 0;
        return false;
    }

    /// <summary>
    /// Says whether <paramref name="text"/> begins with the key at a place that was given as the next one, then <paramref name="stop"/>. Entries
    /// that are looked up in the order they were added in are found so without hashing, and their memory is read from front to back.
    /// </summary>
    /// <param name="place">The place; 0 for none. On success the one after it.</param>
    /// <param name="text">Begins with the key's head, perhaps.</param>
    /// <param name="tail">The key's end, not in the text.</param>
    /// <param name="stop">What must follow the head.</param>
    /// <param name="headLength">The head's length.</param>
    /// <param name="payload">The payload, borrowed.</param>
    public bool TryMatch(
        scoped ref uint place, ReadOnlySpan<byte> text, ReadOnlySpan<byte> tail, byte stop, out int headLength, out ReadOnlySpan<byte> payload)
    {
        headLength = 0;
        payload = default;
        if (place - 1 >= Volatile.Read(ref _lastPlace))
        {
            return false; // none (0 wraps around), or not written yet
        }

        ReadOnlySpan<byte> key = KeyAt(place, out payload, out uint next);
        headLength = key.Length - tail.Length;
        if ((uint)headLength >= (uint)text.Length || text[headLength] != stop || !text.StartsWith(key[..headLength]) || !key[headLength..].SequenceEqual(tail))
        {
            return false;
        }

        place = next;
        return true;
    }

    /// <summary>Stores a payload under a key that is not there yet. Does nothing when too many keys share the hash's neighbourhood.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, ReadOnlySpan<byte> payload)
    {
        if ((_count + 1) * 2 > _slots.Length)
        {
            Grow();
        }

        Slot[] slots = _slots;
        int index = FindEmpty(slots, hash);
        if (index < 0)
        {
            return;
        }

        uint place = Store(head, tail, payload);
        slots[index].Hash = hash;
        Volatile.Write(ref slots[index].Place, place);
        _count++;
    }

    /// <summary>True when a record of this size can be stored.</summary>
    public static bool Fits(int keyLength, int payloadLength) => HeaderBytes + Padded(payloadLength) + (long)keyLength <= PageBytes / 2;

    private ReadOnlySpan<byte> KeyAt(uint place, out ReadOnlySpan<byte> payload, out uint next)
    {
        byte[] page = _pages[place >> PageUnitBits];
        int offset = (int)(place & ((1 << PageUnitBits) - 1)) * UnitBytes;
        int keyLength = MemoryMarshal.Read<int>(page.AsSpan(offset));
        int payloadLength = MemoryMarshal.Read<int>(page.AsSpan(offset + 4));
        int keyOffset = offset + HeaderBytes + Padded(payloadLength);
        int end = Padded(keyOffset + keyLength);
        payload = page.AsSpan(offset + HeaderBytes, payloadLength);

        // A page's last record is followed by the next page's first, which lies at its start; a header of zeros marks the rest of the page.
        bool isLastOfPage = page.Length - end < HeaderBytes || MemoryMarshal.Read<int>(page.AsSpan(end)) == 0;
        next = isLastOfPage ? ((place >> PageUnitBits) + 1) << PageUnitBits : place + (uint)((end - offset) / UnitBytes);
        return page.AsSpan(keyOffset, keyLength);
    }

    private uint Store(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, ReadOnlySpan<byte> payload)
    {
        int payloadBytes = Padded(payload.Length);
        int size = Padded(HeaderBytes + payloadBytes + head.Length + tail.Length);
        Debug.Assert(size <= PageBytes, "the caller asks Fits first");
        if (_pages[^1].Length - _pageUsed < size)
        {
            AddPage(size);
        }

        byte[][] pages = _pages;
        int offset = _pageUsed;
        Span<byte> record = pages[^1].AsSpan(offset, size);
        MemoryMarshal.Write(record, head.Length + tail.Length);
        MemoryMarshal.Write(record[4..], payload.Length);
        payload.CopyTo(record[HeaderBytes..]);
        head.CopyTo(record[(HeaderBytes + payloadBytes)..]);
        tail.CopyTo(record[(HeaderBytes + payloadBytes + head.Length)..]);
        _pageUsed += size;
        uint place = ((uint)(pages.Length - 1) << PageUnitBits) | (uint)(offset / UnitBytes);
        Volatile.Write(ref _lastPlace, place);
        return place;
    }

    private void AddPage(int neededBytes)
    {
        int grown = Math.Min(PageBytes, _pages[^1].Length * 2);
        byte[] page = new byte[Math.Max(grown, neededBytes)];
        _pages = [.. _pages, page];
        _pageUsed = 0;
        SizeBytes += page.Length;
    }

    private void Grow()
    {
        Slot[] old = _slots;
        var grown = new Slot[old.Length * 2];
        foreach (Slot slot in old)
        {
            // A larger table spreads the keys more thinly, so what found a place before nearly always does again.
            int index = slot.Place == 0 ? -1 : FindEmpty(grown, slot.Hash);
            if (index >= 0)
            {
                grown[index] = slot;
            }
        }

        _slots = grown;
        SizeBytes += (grown.Length - old.Length) * 16L;
    }

    private static int FindEmpty(Slot[] slots, ulong hash)
    {
        int mask = slots.Length - 1;
        int index = (int)hash & mask;
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            if (slots[index].Place == 0)
            {
                return index;
            }

            index = (index + 1) & mask;
        }

        return -1;
    }

    private static int Padded(int length) => (length + UnitBytes - 1) & -UnitBytes;

    private struct Slot
    {
        public ulong Hash;
        public uint Place; // page in the upper bits, offset in 8-byte units in the lower; 0 = empty
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tsdb.Ingest.LineProtocol;

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
    private int _count;

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes { get; private set; } = (64 * 16) + FirstPageBytes;

    /// <summary>Finds the payload stored under the key <paramref name="head"/> followed by <paramref name="tail"/>.</summary>
    public bool TryFind(ulong hash, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, out ReadOnlySpan<byte> payload)
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

            if (slot.Hash == hash && IsMatch(place, head, tail, out payload))
            {
                return true;
            }

            index = (index + 1) & mask;
        }

        payload = default;
        return false;
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

    private bool IsMatch(uint place, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, out ReadOnlySpan<byte> payload)
    {
        byte[] page = _pages[place >> PageUnitBits];
        int offset = (int)(place & ((1 << PageUnitBits) - 1)) * UnitBytes;
        int keyLength = MemoryMarshal.Read<int>(page.AsSpan(offset));
        int payloadLength = MemoryMarshal.Read<int>(page.AsSpan(offset + 4));
        payload = page.AsSpan(offset + HeaderBytes, payloadLength);
        if (keyLength != head.Length + tail.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> key = page.AsSpan(offset + HeaderBytes + Padded(payloadLength), keyLength);
        return key[..head.Length].SequenceEqual(head) && (tail.IsEmpty || key[head.Length..].SequenceEqual(tail));
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
        return ((uint)(pages.Length - 1) << PageUnitBits) | (uint)(offset / UnitBytes);
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

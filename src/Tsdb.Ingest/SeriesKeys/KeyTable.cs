using System.Diagnostics;
using System.Runtime.InteropServices;
using Tsdb.Model.Collections;

namespace Tsdb.Ingest.SeriesKeys;

/// <summary>
/// An insert-only hash table from bytes to bytes, read without locks. Keys are compared byte for byte; the hash only finds candidates.
/// </summary>
/// <remarks>
/// <para>A <see cref="HashIndex"/> leads from the key's hash to the place of its record. Records lie in pages, 8-byte aligned:
/// <c>[key length i32][payload length i32][payload, padded to 8][key]</c>; a million entries are a few thousand objects, and no addition copies more
/// than a few kilobytes.</para>
/// <para>Threads: any number of readers; writers are serialised by the caller. A record is complete before the index knows its place, so a reader
/// sees an entry whole or not at all.</para>
/// </remarks>
internal sealed class KeyTable
{
    private const int HeaderBytes = 8;
    private const int UnitBytes = 8;
    private const int PageUnitBits = 15;
    private const int PageBytes = UnitBytes << PageUnitBits;
    private const int FirstPageBytes = 4 << 10;

    /// <summary>Keys of one hash that are looked at. Only crafted keys have more; those are left uncached rather than searched for.</summary>
    private const int MaxCandidates = 16;

    private readonly HashIndex _places = new(); // place: page in the upper bits, offset in 8-byte units in the lower
    private volatile byte[][] _pages = [new byte[FirstPageBytes]];
    private int _pageUsed = UnitBytes; // place 0 means none
    private uint _lastPlace;           // the newest record; written after it is complete, as records up to here may be read without the index
    private long _pageBytes = FirstPageBytes;

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes => _places.SizeBytes + _pageBytes;

    /// <summary>Finds the payload stored under the key <paramref name="head"/> followed by <paramref name="tail"/>.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="head">The key's beginning.</param>
    /// <param name="tail">Its end.</param>
    /// <param name="payload">The payload, borrowed.</param>
    /// <param name="next">Where the record added after the one found lies, for <see cref="TryMatch"/>.</param>
    public bool TryFind(ulong hash, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, out ReadOnlySpan<byte> payload, out uint next)
    {
        HashIndex.Candidates candidates = _places.Find(Folded(hash));
        for (int candidate = 0; candidate < MaxCandidates && candidates.TryNext(out uint place); candidate++)
        {
            ReadOnlySpan<byte> key = KeyAt(place, out payload, out next);
            if (key.Length == head.Length + tail.Length && key.StartsWith(head) && key.EndsWith(tail))
            {
                return true;
            }
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

    /// <summary>Stores a payload under a key that is not there yet. Does nothing when too many keys share the hash.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, ReadOnlySpan<byte> payload)
    {
        if (HasRoomFor(hash))
        {
            _places.Add(Folded(hash), Store(head, tail, payload));
        }
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
        _pageBytes += page.Length;
    }

    private bool HasRoomFor(ulong hash)
    {
        HashIndex.Candidates candidates = _places.Find(Folded(hash));
        int count = 0;
        while (candidates.TryNext(out _))
        {
            count++;
        }

        return count < MaxCandidates;
    }

    private static int Padded(int length) => (length + UnitBytes - 1) & -UnitBytes;

    private static uint Folded(ulong hash) => (uint)hash;
}

namespace Tsdb.Storage.Series;

/// <summary>
/// Finds numbers by a hash of what they stand for: open addressing with linear probing, at most three quarters full. Numbers are never removed.
/// </summary>
/// <remarks>
/// The index keeps the hash's 32 bits with each number and yields every number of an equal hash; the caller compares what they stand for. One
/// writer, any number of readers without a lock: an entry is one 64-bit store, and a table that grew is published whole.
/// </remarks>
internal sealed class HashIndex
{
    private const int SmallestLength = 64; // a power of two, as every length

    // Hash in the upper, number + 1 in the lower 32 bits; 0 is free. Replaced whole by the writer when it grows.
    private ulong[] _entries = new ulong[SmallestLength];
    private int _count;

    /// <summary>Begins a walk over the numbers added with <paramref name="hash"/>.</summary>
    public Candidates Find(uint hash) => new(Volatile.Read(ref _entries), hash);

    /// <summary>Adds a number that the caller has found to be absent; what it stands for must be readable by now. Writer only.</summary>
    public void Add(uint hash, uint number)
    {
        if (_count >= _entries.Length / 4 * 3)
        {
            Grow();
        }

        Volatile.Write(ref _entries[FreeSlot(_entries, hash)], ((ulong)hash << 32) | (number + 1));
        _count++;
    }

    private void Grow()
    {
        ulong[] larger = new ulong[_entries.Length * 2];
        foreach (ulong entry in _entries)
        {
            if (entry != 0)
            {
                larger[FreeSlot(larger, (uint)(entry >> 32))] = entry;
            }
        }

        Volatile.Write(ref _entries, larger);
    }

    private static uint FreeSlot(ulong[] entries, uint hash)
    {
        uint mask = (uint)entries.Length - 1;
        uint slot = hash & mask;
        while (entries[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>A walk over the numbers of one hash.</summary>
    public ref struct Candidates(ulong[] entries, uint hash)
    {
        private readonly ulong[] _entries = entries;
        private readonly uint _hash = hash;
        private uint _slot = hash;

        /// <summary>Moves to the next number; false when there is none.</summary>
        public bool TryNext(out uint number)
        {
            uint mask = (uint)_entries.Length - 1;
            while (true)
            {
                ulong entry = Volatile.Read(ref _entries[_slot++ & mask]);
                if (entry == 0)
                {
                    number = 0;
                    return false;
                }

                if ((uint)(entry >> 32) == _hash)
                {
                    number = (uint)entry - 1;
                    return true;
                }
            }
        }
    }
}

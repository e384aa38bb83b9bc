using System.Diagnostics;

namespace Tsdb.Model.Collections;

/// <summary>
/// Finds numbers by a hash of what they stand for: extendible hashing (Fagin et al., TODS 1979) over small open-addressed segments, each at
/// most three quarters full. Numbers are never removed.
/// </summary>
/// <remarks>
/// The index keeps the hash's 32 bits with each number and yields every number of an equal hash; the caller compares what they stand for. It grows
/// by splitting one segment of a few kilobytes at a time, so no addition takes longer because there are many numbers.
/// <para>
/// One writer, any number of readers without a lock: an entry is one 64-bit store, and segments and directory are published whole. A reader that
/// looks at an outgrown one misses only numbers added since.
/// </para>
/// </remarks>
public sealed class HashIndex
{
    private const int FirstLength = 64;      // entries of the first segment; lengths are powers of two
    private const int SegmentLength = 1024;  // entries at which a full segment splits instead of growing
    private const int MaxDepth = 18;         // bits of the hash the directory tells apart; segments at that depth grow again
    private const int DepthShift = 32;

    // By the upper bits of the hash; several places may name one segment. Replaced whole when it doubles, its places one by one. A segment's
    // entries hold the hash in the upper and number + 1 in the lower 32 bits, 0 is free; its last word is the writer's: depth, and entries used.
    private ulong[][] _directory = [NewSegment(FirstLength, depth: 0)];

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes { get; private set; } = FirstLength * sizeof(ulong);

    /// <summary>Begins a walk over the numbers added with <paramref name="hash"/>.</summary>
    public Candidates Find(uint hash)
    {
        ulong[][] directory = Volatile.Read(ref _directory);
        return new Candidates(Volatile.Read(ref directory[PlaceOf(hash, directory.Length)]), hash);
    }

    /// <summary>
    /// Adds a number, below <see cref="uint.MaxValue"/>, that the caller has found to be absent; what it stands for must be readable by now. Writer only.
    /// </summary>
    public void Add(uint hash, uint number)
    {
        Debug.Assert(number != uint.MaxValue, "number + 1 is stored");
        ulong[] segment = _directory[PlaceOf(hash, _directory.Length)];
        while (CountOf(segment) >= LengthOf(segment) / 4 * 3)
        {
            Enlarge(segment, hash);
            segment = _directory[PlaceOf(hash, _directory.Length)];
        }

        Put(segment, ((ulong)hash << 32) | (number + 1));
    }

    private void Enlarge(ulong[] segment, uint hash)
    {
        int depth = DepthOf(segment);
        if (LengthOf(segment) < SegmentLength || depth == MaxDepth)
        {
            ulong[] larger = NewSegment(LengthOf(segment) * 2, depth);
            foreach (ulong entry in segment.AsSpan(0, LengthOf(segment)))
            {
                PutIfUsed(larger, entry);
            }

            SizeBytes += LengthOf(segment) * sizeof(ulong);
            Publish(hash, depth, larger, larger);
            return;
        }

        ulong[] lower = NewSegment(SegmentLength, depth + 1);
        ulong[] upper = NewSegment(SegmentLength, depth + 1);
        foreach (ulong entry in segment.AsSpan(0, LengthOf(segment)))
        {
            bool isUpper = ((entry >> (63 - depth)) & 1) != 0;
            PutIfUsed(isUpper ? upper : lower, entry);
        }

        SizeBytes += SegmentLength * sizeof(ulong);
        Publish(hash, depth, lower, upper);
    }

    // Names two segments, perhaps the same, in the first and second half of the places whose hashes begin with the same bits as this one.
    private void Publish(uint hash, int depth, ulong[] lower, ulong[] upper)
    {
        if (lower != upper && _directory.Length == 1 << depth)
        {
            ulong[][] doubled = new ulong[_directory.Length * 2][];
            for (int i = 0; i < doubled.Length; i++)
            {
                doubled[i] = _directory[i / 2];
            }

            SizeBytes += (long)_directory.Length * IntPtr.Size;
            Volatile.Write(ref _directory, doubled);
        }

        int count = _directory.Length >> depth;
        int first = PlaceOf(hash, 1 << depth) * count;
        for (int i = 0; i < count; i++)
        {
            Volatile.Write(ref _directory[first + i], i < count / 2 ? lower : upper);
        }
    }

    private static ulong[] NewSegment(int length, int depth)
    {
        ulong[] segment = new ulong[length + 1];
        segment[length] = (ulong)depth << DepthShift;
        return segment;
    }

    private static int LengthOf(ulong[] segment) => segment.Length - 1;

    private static int DepthOf(ulong[] segment) => (int)(segment[^1] >> DepthShift);

    private static int CountOf(ulong[] segment) => (int)segment[^1];

    // The upper bits of the hash, as many as tell so many places (a power of two) apart.
    private static int PlaceOf(uint hash, int places) => (int)(((ulong)hash * (uint)places) >> 32);

    private static void PutIfUsed(ulong[] segment, ulong entry)
    {
        if (entry != 0)
        {
            Put(segment, entry);
        }
    }

    private static void Put(ulong[] segment, ulong entry)
    {
        uint mask = (uint)LengthOf(segment) - 1;
        uint slot = (uint)(entry >> 32) & mask;
        while (segment[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        Volatile.Write(ref segment[slot], entry);
        segment[^1]++;
    }

    /// <summary>A walk over the numbers of one hash.</summary>
    public ref struct Candidates
    {
        private readonly ulong[] _segment;
        private readonly uint _hash;
        private uint _slot;

        internal Candidates(ulong[] segment, uint hash)
        {
            _segment = segment;
            _hash = hash;
            _slot = hash;
        }

        /// <summary>Moves to the next number; false when there is none.</summary>
        public bool TryNext(out uint number)
        {
            uint mask = (uint)LengthOf(_segment) - 1;
            while (true)
            {
                ulong entry = Volatile.Read(ref _segment[_slot++ & mask]);
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

using System.Runtime.CompilerServices;
using Tsdb.Model.Collections;

namespace Tsdb.Storage.Series;

/// <summary>Numbers each distinct <c>name=value</c> pair and keeps its posting list; knows which pairs a label name has.</summary>
/// <remarks>One writer, any number of readers without a lock: a pair is readable before its number can be found.</remarks>
internal sealed class LabelPairTable
{
    private readonly PagedArray<Pair> _pairs = new();
    private readonly PagedArray<uint> _newestOfName = new(); // by name symbol: the newest pair of that name + 1; 0 when it has none
    private readonly HashIndex _index = new();
    private uint _count;

    /// <summary>How many pairs there are; they are numbered from 0. Writer only.</summary>
    public uint Count => _count;

    /// <summary>The pair of a number.</summary>
    public ref Pair this[uint pair] => ref _pairs[pair];

    /// <summary>Finds the pair of two symbols.</summary>
    public bool TryFind(uint name, uint value, out uint pair)
    {
        HashIndex.Candidates candidates = _index.Find(HashOf(name, value));
        while (candidates.TryNext(out pair))
        {
            ref readonly Pair candidate = ref _pairs[pair];
            if (candidate.Name == name && candidate.Value == value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The pair of two symbols, added when it is new. Writer only.</summary>
    public uint GetOrAdd(uint name, uint value)
    {
        if (TryFind(name, value, out uint pair))
        {
            return pair;
        }

        pair = _count++;
        ref uint newest = ref _newestOfName.Add(name);
        _pairs.Add(pair) = new Pair { Name = name, Value = value, OlderOfName = newest };
        Volatile.Write(ref newest, pair + 1);
        _index.Add(HashOf(name, value), pair);
        return pair;
    }

    /// <summary>The newest pair of a name + 1, from which <see cref="Pair.OlderOfName"/> leads to the others; 0 when there is none.</summary>
    public uint NewestOfName(uint name)
    {
        ref uint newest = ref _newestOfName.Find(name);
        return Unsafe.IsNullRef(ref newest) ? 0 : Volatile.Read(ref newest);
    }

    // Fibonacci hashing of both symbols; the upper half is the well-mixed one.
    private static uint HashOf(uint name, uint value) => (uint)(((((ulong)name << 32) | value) * 0x9E37_79B9_7F4A_7C15) >> 32);

    /// <summary>One pair.</summary>
    public struct Pair
    {
        /// <summary>The name's symbol.</summary>
        public uint Name;

        /// <summary>The value's symbol.</summary>
        public uint Value;

        /// <summary>The pair of the same name that came before this one + 1; 0 when this is the first.</summary>
        public uint OlderOfName;

        /// <summary>The series that have the pair.</summary>
        public PostingList Postings;
    }
}

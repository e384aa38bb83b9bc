using System.Numerics;
using System.Runtime.InteropServices;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Series;

/// <summary>Holds the growing posting lists of a series table. The first number lies in the list itself, the others in extents that never move.</summary>
/// <remarks>
/// An extent is <c>[next extent, length, numbers…]</c> in a <see cref="PagedArray{T}"/>, as long as the list was when it was added, within
/// bounds: growth copies nothing and leaves at most half unused. One writer, any number of readers without a lock: a number is stored before the count
/// that includes it is published.
/// </remarks>
internal sealed class PostingLists
{
    private const int HeaderLength = 2;
    private const int LongestExtent = 256; // header included; divides the array's page, which an extent must not cross

    private readonly PagedArray<uint> _extents = new();
    private uint _used = 1; // 0 means no extent

    /// <summary>Adds a number to a list. Writer only.</summary>
    public void Append(ref PostingList list, uint series)
    {
        if (list.Count == 0)
        {
            list.First = series;
        }
        else
        {
            if (list.TailFree == 0)
            {
                AddExtent(ref list);
            }

            Span<uint> tail = ExtentAt(list.Tail);
            tail[tail.Length - list.TailFree--] = series;
        }

        Volatile.Write(ref list.Count, list.Count + 1);
    }

    /// <summary>Adds the numbers of a list to a buffer, in the order they were appended, and returns where they lie in it.</summary>
    public Span<uint> CopyTo(ref PostingList list, PostingBuffer postings)
    {
        int count = Volatile.Read(ref list.Count);
        Span<uint> copy = postings.GetSpan(count);
        if (count > 0)
        {
            copy[0] = list.First;
            Span<uint> rest = copy[1..];
            for (uint extent = list.Head; !rest.IsEmpty; extent = _extents[extent])
            {
                Span<uint> numbers = ExtentAt(extent);
                numbers = numbers[..Math.Min(numbers.Length, rest.Length)];
                numbers.CopyTo(rest);
                rest = rest[numbers.Length..];
            }
        }

        return copy;
    }

    /// <summary>Puts a list in ascending order. Writer only, while there are no readers.</summary>
    public void Sort(ref PostingList list, PostingBuffer scratch)
    {
        scratch.Clear();
        Span<uint> sorted = CopyTo(ref list, scratch);
        sorted.Sort();
        list.First = sorted[0];
        Span<uint> rest = sorted[1..];
        for (uint extent = list.Head; !rest.IsEmpty; extent = _extents[extent])
        {
            Span<uint> numbers = ExtentAt(extent);
            numbers = numbers[..Math.Min(numbers.Length, rest.Length)];
            rest[..numbers.Length].CopyTo(numbers);
            rest = rest[numbers.Length..];
        }
    }

    private void AddExtent(ref PostingList list)
    {
        uint length = Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)list.Count), 4, LongestExtent);
        uint leftInPage = PagedArray<uint>.PageLength - (_used % PagedArray<uint>.PageLength);
        if (length > leftInPage)
        {
            _used += leftInPage;
        }

        uint extent = _used;
        _used += length;
        _extents.Add(extent) = 0;
        _extents[extent + 1] = length - HeaderLength;
        if (list.Tail == 0)
        {
            list.Head = extent;
        }
        else
        {
            _extents[list.Tail] = extent;
        }

        list.Tail = extent;
        list.TailFree = (int)length - HeaderLength;
    }

    private Span<uint> ExtentAt(uint extent) =>
        MemoryMarshal.CreateSpan(ref _extents[extent + HeaderLength], (int)_extents[extent + 1]);
}

/// <summary>One posting list's head; <see cref="PostingLists"/> reads and writes it.</summary>
internal struct PostingList
{
    /// <summary>Numbers held, published after them.</summary>
    public int Count;

    /// <summary>The number appended first.</summary>
    public uint First;

    /// <summary>The extent with the second number; 0 while there is none.</summary>
    public uint Head;

    /// <summary>The extent that takes the next number. Writer only.</summary>
    public uint Tail;

    /// <summary>How many numbers the tail can still take. Writer only.</summary>
    public int TailFree;
}

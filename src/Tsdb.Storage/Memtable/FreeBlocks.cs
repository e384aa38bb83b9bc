using System.Runtime.InteropServices;

namespace Tsdb.Storage.Memtable;

/// <summary>The free blocks of a memtable: halves larger ones when asked for smaller, and joins neighbours that become free (Knowlton, CACM 1965).</summary>
/// <remarks>
/// Chunks of many series grow at about the same time, so the blocks that some have outgrown, joined, are what others grow into. A free block
/// holds the links of its class's list in its first bytes; one byte per smallest block says whether a free block begins there. Writer only.
/// </remarks>
internal sealed unsafe class FreeBlocks(NativeArena arena)
{
    private const int UnitsPerSmallest = BlockAllocator.SmallestBytes / NativeArena.UnitBytes;
    private const int SmallestPerSlab = NativeArena.SlabBytes / BlockAllocator.SmallestBytes;

    private readonly uint[] _first = new uint[BlockAllocator.LargestClass + 1]; // by class; 0 = none
    private nint[] _marks = new nint[64]; // by slab: a byte for each smallest block, size class + 1 where a free block begins; 0 = no block here yet
    private NativeArena.Cursor _cursor;

    /// <summary>Takes a block of a class, halving a larger one if need be; false when none is free.</summary>
    public bool TryTake(int sizeClass, out uint block)
    {
        int from = sizeClass;
        while (from < _first.Length && _first[from] == 0)
        {
            from++;
        }

        if (from == _first.Length)
        {
            block = 0;
            return false;
        }

        block = _first[from];
        Remove(block, from);
        while (from > sizeClass)
        {
            from--;
            Add(block + UnitsOf(from), from);
        }

        return true;
    }

    /// <summary>Puts a block in, joined with its neighbours where they are free.</summary>
    public void Put(uint block, int sizeClass)
    {
        for (; sizeClass < BlockAllocator.LargestClass; sizeClass++)
        {
            uint buddy = block ^ UnitsOf(sizeClass);
            if (*MarkOf(buddy) != sizeClass + 1)
            {
                break;
            }

            Remove(buddy, sizeClass);
            block = Math.Min(block, buddy);
        }

        Add(block, sizeClass);
    }

    private void Add(uint block, int sizeClass)
    {
        var links = (Links*)arena.At(block);
        uint next = _first[sizeClass];
        *links = new Links { Next = next, Previous = 0 };
        if (next != 0)
        {
            ((Links*)arena.At(next))->Previous = block;
        }

        _first[sizeClass] = block;
        *MarkOf(block) = (byte)(sizeClass + 1);
    }

    private void Remove(uint block, int sizeClass)
    {
        var links = (Links*)arena.At(block);
        if (links->Previous == 0)
        {
            _first[sizeClass] = links->Next;
        }
        else
        {
            ((Links*)arena.At(links->Previous))->Next = links->Next;
        }

        if (links->Next != 0)
        {
            ((Links*)arena.At(links->Next))->Previous = links->Previous;
        }

        *MarkOf(block) = 0;
    }

    private byte* MarkOf(uint block)
    {
        int slab = NativeArena.SlabOf(block);
        if (slab >= _marks.Length)
        {
            Array.Resize(ref _marks, Math.Max(slab + 1, _marks.Length * 2));
        }

        if (_marks[slab] == 0)
        {
            byte* marks = arena.At(arena.Allocate(ref _cursor, SmallestPerSlab, NativeArena.UnitBytes));
            NativeMemory.Clear(marks, SmallestPerSlab);
            _marks[slab] = (nint)marks;
        }

        return (byte*)_marks[slab] + (block / UnitsPerSmallest % SmallestPerSlab);
    }

    private static uint UnitsOf(int sizeClass) => (uint)UnitsPerSmallest << sizeClass;

    private struct Links
    {
        public uint Next;
        public uint Previous;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tsdb.Storage.Memtable;

/// <summary>Native memory in slabs of 2 MiB, addressed by 32-bit offsets in units of 8 bytes (32 GiB in all). Freed only as a whole.</summary>
/// <remarks>
/// One writer allocates; any thread may turn an offset it was handed into an address, as slabs never move. Whoever uses an address keeps the
/// arena from being freed: see <see cref="ReferenceCount"/>. The finalizer frees what an owner forgot.
/// </remarks>
internal sealed unsafe class NativeArena
{
    /// <summary>The largest allocation.</summary>
    public const int SlabBytes = 1 << (UnitBits + SlabOffsetBits);

    /// <summary>What offsets count.</summary>
    public const int UnitBytes = 1 << UnitBits;

    private const int UnitBits = 3;
    private const int SlabOffsetBits = 18;
    private const uint SlabOffsetMask = (1u << SlabOffsetBits) - 1;
    private const int MaxSlabs = 1 << (32 - SlabOffsetBits);

    private byte** _slabs = (byte**)NativeMemory.AllocZeroed(MaxSlabs, (nuint)sizeof(byte*)); // untouched pages of it cost nothing
    private int _slabCount;
    private long _usedBytes;

    /// <summary>Frees the slabs of an arena that nobody freed.</summary>
    ~NativeArena() => Free();

    /// <summary>Bytes handed out and lost to alignment. Safe for concurrent use.</summary>
    public long UsedBytes => Volatile.Read(ref _usedBytes);

    /// <summary>True once the memory was given back.</summary>
    public bool IsFreed => _slabs is null;

    /// <summary>The address of an offset that was handed out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(uint offset) => _slabs[offset >> SlabOffsetBits] + ((nuint)(offset & SlabOffsetMask) << UnitBits);

    /// <summary>Which slab an offset lies in.</summary>
    public static int SlabOf(uint offset) => (int)(offset >> SlabOffsetBits);

    /// <summary>
    /// Hands out memory of any content from the slab that <paramref name="cursor"/> fills; a default cursor begins with a slab of its own.
    /// Offset 0 is never handed out. Writer only.
    /// </summary>
    /// <param name="cursor">Where this kind of memory is filled; kinds apart keep things that are read together close together.</param>
    /// <param name="sizeBytes">1 to <see cref="SlabBytes"/>.</param>
    /// <param name="alignmentBytes">A power of two, at least 8 and at most <see cref="SlabBytes"/>.</param>
    /// <exception cref="OutOfMemoryException">The system has no memory left, or the arena no offsets.</exception>
    public uint Allocate(ref Cursor cursor, int sizeBytes, int alignmentBytes)
    {
        Debug.Assert(sizeBytes is > 0 and <= SlabBytes, "One allocation lies within one slab.");
        long start = (cursor.Next + alignmentBytes - 1) & -alignmentBytes;
        if (start + sizeBytes > cursor.End)
        {
            cursor = AddSlab();
            start = (cursor.Next + alignmentBytes - 1) & -alignmentBytes;
        }

        long end = (start + sizeBytes + UnitBytes - 1) & -UnitBytes;
        Volatile.Write(ref _usedBytes, _usedBytes + end - cursor.Next);
        cursor.Next = end;
        return (uint)(start >> UnitBits);
    }

    /// <summary>Gives the memory back; every address into it is invalid from then on.</summary>
    public void Free()
    {
        if (_slabs is null)
        {
            return;
        }

        for (int i = 0; i < _slabCount; i++)
        {
            NativeMemory.AlignedFree(_slabs[i]);
        }

        NativeMemory.Free(_slabs);
        _slabs = null;
    }

    private Cursor AddSlab()
    {
        if (_slabCount == MaxSlabs)
        {
            throw new InsufficientMemoryException($"A memtable shard holds at most {(long)MaxSlabs * SlabBytes} bytes.");
        }

        _slabs[_slabCount] = (byte*)NativeMemory.AlignedAlloc(SlabBytes, SlabBytes);
        long start = (long)_slabCount * SlabBytes;
        _slabCount++;

        // The first line of the first slab is left out, so that offset 0 can mean none.
        return new Cursor { Next = start == 0 ? 64 : start, End = start + SlabBytes };
    }

    /// <summary>The free part of a slab, in bytes from the arena's start.</summary>
    public struct Cursor
    {
        internal long Next;
        internal long End;
    }
}

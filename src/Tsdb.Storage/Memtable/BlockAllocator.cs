namespace Tsdb.Storage.Memtable;

/// <summary>Hands out the memory of chunks and leaves in size classes of 64 B to 1 KiB and takes outgrown memory back.</summary>
/// <remarks>
/// Writer only. A retired block may still be read, so it is used again only after a moment in which nobody but the owner held the memtable;
/// until then it waits. Blocks are aligned to cache lines.
/// </remarks>
internal sealed unsafe class BlockAllocator(NativeArena arena, ReferenceCount holders)
{
    /// <summary>The size class of 1 KiB.</summary>
    public const int LargestClass = 4;

    private const int SmallestBytes = 64;

    private readonly uint[] _free = new uint[LargestClass + 1]; // by class: a list linked through the blocks' first bytes; 0 ends it
    private (uint Block, int SizeClass)[] _waiting = new (uint, int)[256];
    private int _waitingCount;
    private NativeArena.Cursor _cursor;

    /// <summary>The bytes of a size class.</summary>
    public static int BytesOf(int sizeClass) => SmallestBytes << sizeClass;

    /// <summary>Hands out a block of any content.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory left.</exception>
    public uint Allocate(int sizeClass)
    {
        if (_free[sizeClass] == 0 && _waitingCount > 0 && holders.IsOwnersAlone)
        {
            FreeWaiting();
        }

        uint block = _free[sizeClass];
        if (block == 0)
        {
            return arena.Allocate(ref _cursor, BytesOf(sizeClass), SmallestBytes);
        }

        _free[sizeClass] = *(uint*)arena.At(block);
        return block;
    }

    /// <summary>Takes back a block that no node names any more.</summary>
    public void Retire(uint block, int sizeClass)
    {
        if (_waitingCount == _waiting.Length)
        {
            Array.Resize(ref _waiting, _waitingCount * 2);
        }

        _waiting[_waitingCount++] = (block, sizeClass);
    }

    private void FreeWaiting()
    {
        foreach ((uint block, int sizeClass) in _waiting.AsSpan(0, _waitingCount))
        {
            *(uint*)arena.At(block) = _free[sizeClass];
            _free[sizeClass] = block;
        }

        _waitingCount = 0;
    }
}

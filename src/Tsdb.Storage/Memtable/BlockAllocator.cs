namespace Tsdb.Storage.Memtable;

/// <summary>Hands out the memory of chunks and leaves in size classes of 32 B to 1 KiB and takes outgrown memory back.</summary>
/// <remarks>
/// Writer only. A retired block may still be read, so it becomes free only after a moment in which nobody but the owner held the memtable; until
/// then it waits. Blocks are aligned to their size.
/// </remarks>
internal sealed class BlockAllocator(NativeArena arena, ReferenceCount holders)
{
    /// <summary>The bytes of size class 0: a series' first three samples or so, which is all that many short-lived series have.</summary>
    public const int SmallestBytes = 32;

    /// <summary>The size class of 1 KiB.</summary>
    public const int LargestClass = 5;

    /// <summary>The bytes of <see cref="LargestClass"/>.</summary>
    public const int LargestBytes = SmallestBytes << LargestClass;

    private readonly FreeBlocks _free = new(arena);
    private (uint Block, int SizeClass)[] _waiting = new (uint, int)[256];
    private int _waitingCount;
    private NativeArena.Cursor _cursor;

    /// <summary>The bytes of a size class.</summary>
    public static int BytesOf(int sizeClass) => SmallestBytes << sizeClass;

    /// <summary>Hands out a block of any content.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory left.</exception>
    public uint Allocate(int sizeClass)
    {
        if (_waitingCount > 0 && holders.IsOwnersAlone)
        {
            // Late samples copy leaf after leaf of like sizes: the block retired last often fits as it is.
            if (_waiting[_waitingCount - 1].SizeClass == sizeClass)
            {
                return _waiting[--_waitingCount].Block;
            }

            FreeWaiting();
        }

        uint block;
        while (!_free.TryTake(sizeClass, out block))
        {
            _free.Put(arena.Allocate(ref _cursor, LargestBytes, LargestBytes), LargestClass);
        }

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
            _free.Put(block, sizeClass);
        }

        _waitingCount = 0;
    }
}

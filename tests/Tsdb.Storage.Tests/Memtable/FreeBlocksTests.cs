using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Tests.Memtable;

public sealed class FreeBlocksTests
{
    private const int SuperblockCount = 8;
    private const int LargestBytes = BlockAllocator.SmallestBytes << BlockAllocator.LargestClass;

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TakeAndPut_AnySequence_NeverOverlapsAndJoinsEverythingInTheEnd(byte[] steps)
    {
        var arena = new NativeArena();
        var free = new FreeBlocks(arena);
        AddSuperblocks(arena, free);
        var taken = new List<(uint Block, int SizeClass)>();
        bool isSound = true;
        foreach (byte step in steps)
        {
            int sizeClass = step % (BlockAllocator.LargestClass + 1);
            if (step >= 160 && taken.Count > 0)
            {
                (uint block, int takenClass) = taken[step % taken.Count];
                taken.RemoveAt(step % taken.Count);
                free.Put(block, takenClass);
            }
            else if (free.TryTake(sizeClass, out uint block))
            {
                isSound &= taken.TrueForAll(other => AreApart((block, sizeClass), other));
                taken.Add((block, sizeClass));
            }
        }

        taken.ForEach(block => free.Put(block.Block, block.SizeClass));
        int whole = 0;
        while (free.TryTake(BlockAllocator.LargestClass, out _))
        {
            whole++;
        }

        isSound &= whole == SuperblockCount && !free.TryTake(0, out _);
        arena.Free();
        return isSound;
    }

    private static void AddSuperblocks(NativeArena arena, FreeBlocks free)
    {
        var cursor = default(NativeArena.Cursor);
        for (int i = 0; i < SuperblockCount; i++)
        {
            free.Put(arena.Allocate(ref cursor, LargestBytes, LargestBytes), BlockAllocator.LargestClass);
        }
    }

    private static bool AreApart((uint Block, int SizeClass) one, (uint Block, int SizeClass) other) =>
        EndOf(one) <= other.Block || EndOf(other) <= one.Block;

    private static uint EndOf((uint Block, int SizeClass) block) =>
        block.Block + (uint)(BlockAllocator.BytesOf(block.SizeClass) / NativeArena.UnitBytes);
}

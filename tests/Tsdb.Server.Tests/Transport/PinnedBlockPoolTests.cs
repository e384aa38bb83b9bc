using System.Buffers;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Tests.Transport;

public sealed class PinnedBlockPoolTests
{
    [Test]
    public void Rent_ReturnedBlock_IsUsedAgain()
    {
        using var pool = new PinnedBlockPool();
        IMemoryOwner<byte> first = pool.Rent(4096);
        Assert.That(first.Memory.Length, Is.EqualTo(PinnedBlockPool.BlockBytes));
        first.Dispose();
        Assert.That(pool.Rent(), Is.SameAs(first));
    }

    [Test]
    public void Dispose_Twice_ReturnsOnce()
    {
        using var pool = new PinnedBlockPool();
        IMemoryOwner<byte> block = pool.Rent();
        block.Dispose();
        block.Dispose();
        Assert.That(pool.FreeCount, Is.EqualTo(1));
    }

    [Test]
    public void Dispose_ManyBlocks_KeepsALimitedNumber()
    {
        using var pool = new PinnedBlockPool();
        IMemoryOwner<byte>[] blocks = [.. Enumerable.Range(0, PinnedBlockPool.MaxFreeBlocks + 3).Select(_ => pool.Rent())];
        foreach (IMemoryOwner<byte> block in blocks)
        {
            block.Dispose();
        }

        Assert.That(pool.FreeCount, Is.EqualTo(PinnedBlockPool.MaxFreeBlocks));
    }

    [Test]
    public void Rent_LargerThanABlock_Refuses()
    {
        using var pool = new PinnedBlockPool();
        Assert.That(() => pool.Rent(PinnedBlockPool.BlockBytes + 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}

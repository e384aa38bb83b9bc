using System.Buffers;
using System.Collections.Concurrent;

namespace Tsdb.Server.Transport;

/// <summary>Hands out blocks of 256 KiB that never move, so that the socket receives a body in few large reads. Safe for concurrent use.</summary>
/// <remarks>
/// Kestrel's own pool has blocks of 4 KiB: receiving one gigabyte in them costs several times the processor time that parsing it does. A block
/// is held by a connection only while there are bytes in it. Free blocks beyond <see cref="MaxFreeBlocks"/> are left to the garbage collector.
/// </remarks>
internal sealed class PinnedBlockPool : MemoryPool<byte>
{
    /// <summary>Size of every block in bytes.</summary>
    public const int BlockBytes = 256 << 10;

    /// <summary>Most free blocks kept: 16 MiB.</summary>
    public const int MaxFreeBlocks = 64;

    private readonly ConcurrentQueue<Block> _free = new();
    private int _freeCount;

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockBytes;

    /// <summary>Free blocks kept.</summary>
    internal int FreeCount => Volatile.Read(ref _freeCount);

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        if (!_free.TryDequeue(out Block? block))
        {
            return new Block(this);
        }

        Interlocked.Decrement(ref _freeCount);
        block.Reopen();
        return block;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _free.Clear();

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref _freeCount) <= MaxFreeBlocks)
        {
            _free.Enqueue(block);
        }
        else
        {
            Interlocked.Decrement(ref _freeCount);
        }
    }

    private sealed class Block(PinnedBlockPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
        private int _isReturned;

        public Memory<byte> Memory => _bytes;

        public void Reopen() => Volatile.Write(ref _isReturned, 0);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            {
                pool.Return(this);
            }
        }
    }
}

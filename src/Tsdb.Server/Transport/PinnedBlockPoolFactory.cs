using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Tsdb.Server.Transport;

/// <summary>Gives Kestrel a <see cref="PinnedBlockPool"/> wherever it wants a memory pool.</summary>
internal sealed class PinnedBlockPoolFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new PinnedBlockPool();
}

using Tsdb.Encoding;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Storage.Chunks;

/// <summary>
/// A chunk as readers see it, wherever it lies: encoded bytes in a memtable's slab or a mapped block, and what is known of them without decoding.
/// </summary>
/// <remarks>The bytes are borrowed: they stay put while the memtable or block they came from is held.</remarks>
internal readonly unsafe struct ChunkSlice
{
    /// <summary>The order in which readers merge the chunks of a series.</summary>
    public static readonly Comparison<ChunkSlice> ByRankThenTime = (left, right) =>
        left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : left.MinTimeNs.CompareTo(right.MinTimeNs);

    /// <summary>The first encoded byte.</summary>
    public required byte* Data { get; init; }

    /// <summary>How many bytes may be read; a memtable chunk that is still filling may hold more samples than <see cref="Count"/>.</summary>
    public required int LengthBytes { get; init; }

    /// <summary>Samples to decode; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>How the bytes are encoded.</summary>
    public required ChunkCodec Codec { get; init; }

    /// <summary>The unit of the encoded timestamps.</summary>
    public required TimeUnit Unit { get; init; }

    /// <summary>What the values are.</summary>
    public required SampleKind Kind { get; init; }

    /// <summary>The first sample's timestamp.</summary>
    public required long MinTimeNs { get; init; }

    /// <summary>The last sample's timestamp; for a chunk still filling possibly a later one.</summary>
    public required long MaxTimeNs { get; init; }

    /// <summary>Where chunks of one series hold the same timestamp, the sample of the highest rank wins.</summary>
    public required long Rank { get; init; }

    /// <summary>Equal ids within one block mean equal timestamp columns; 0 means not known.</summary>
    public ulong TimestampColumnId { get; init; }

    /// <summary>The encoded bytes.</summary>
    public ReadOnlySpan<byte> Bytes => new(Data, LengthBytes);
}

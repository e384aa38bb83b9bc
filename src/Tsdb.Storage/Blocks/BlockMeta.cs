using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Storage.Blocks;

/// <summary>What is known of a block without reading its data; kept in its <c>meta.json</c>.</summary>
internal sealed record BlockMeta
{
    /// <summary>The version of the block format this program writes, and the highest it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The block's id, also its folder's name.</summary>
    public required BlockId Id { get; init; }

    /// <summary>The version of the format its files are in.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Whose samples it holds.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>0 when a flush wrote it; one more than its inputs' when a compaction did.</summary>
    public required int Level { get; init; }

    /// <summary>The first and the last sample's timestamp.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>The first write with samples in the block.</summary>
    public required SequenceNumber MinSequence { get; init; }

    /// <summary>The last write with samples in the block.</summary>
    public required SequenceNumber MaxSequence { get; init; }

    /// <summary>How many series have samples in it.</summary>
    public required int SeriesCount { get; init; }

    /// <summary>How many chunks it holds.</summary>
    public required int ChunkCount { get; init; }

    /// <summary>How many samples it holds.</summary>
    public required long SampleCount { get; init; }

    /// <summary>The content of <c>chunks.dat</c>.</summary>
    public required FileDigest Chunks { get; init; }

    /// <summary>The content of <c>index.dat</c>.</summary>
    public required FileDigest Index { get; init; }

    /// <summary>Bytes of both data files.</summary>
    public long SizeBytes => Chunks.LengthBytes + Index.LengthBytes;
}

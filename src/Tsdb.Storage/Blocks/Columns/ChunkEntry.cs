using Tsdb.Encoding;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>A chunk as the index describes it.</summary>
internal readonly record struct ChunkEntry
{
    /// <summary>The bits of <see cref="Flags"/> that hold the unit.</summary>
    public const ChunkFlags UnitBits = (ChunkFlags)3;

    /// <summary>The chunk's number in the block.</summary>
    public int Ordinal { get; init; }

    /// <summary>The unit, and what is known of its values.</summary>
    public required ChunkFlags Flags { get; init; }

    /// <summary>How the payload is encoded.</summary>
    public required ChunkCodec Codec { get; init; }

    /// <summary>Its timestamps: their range, count, and identity.</summary>
    public required TimestampColumn Column { get; init; }

    /// <summary>Where its frame begins in <c>chunks.dat</c>.</summary>
    public required long OffsetBytes { get; init; }

    /// <summary>The length of its payload.</summary>
    public required int LengthBytes { get; init; }

    /// <summary>The length of the start timestamps behind the payload; 0 when it has none.</summary>
    public int StartTimestampsLengthBytes { get; init; }

    /// <summary>The statistics; null when a value is NaN or the chunk holds no floats.</summary>
    public ChunkStatistics? Statistics { get; init; }

    /// <summary>The unit of the encoded timestamps.</summary>
    public TimeUnit Unit => (TimeUnit)(Flags & UnitBits);

    /// <summary>What the values are.</summary>
    public SampleKind Kind => (Flags & ChunkFlags.Histogram) != 0 ? SampleKind.Histogram : SampleKind.Float;

    /// <summary>The first and the last timestamp.</summary>
    public TimeRange Range => new(Column.MinTimeNs, Column.MaxTimeNs);

    /// <summary>Bytes of the whole frame.</summary>
    public long FrameBytes => (long)ChunkFrame.OverheadBytes + LengthBytes + StartTimestampsLengthBytes;
}

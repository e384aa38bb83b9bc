namespace Tsdb.Storage.Blocks.Columns;

/// <summary>The first byte of a chunk's entry in the index. Bits 0 and 1 hold the time unit. Part of the file formats.</summary>
[Flags]
internal enum ChunkFlags : byte
{
    /// <summary>Nothing but the unit.</summary>
    None = 0,

    /// <summary>The values are native histograms.</summary>
    Histogram = 1 << 2,

    /// <summary>A column of start timestamps follows the payload in the frame, and its length follows the payload's length in the entry.</summary>
    HasStartTimestamps = 1 << 3,

    /// <summary>A value is a NaN other than the staleness marker.</summary>
    HasNaN = 1 << 4,

    /// <summary>A value is the staleness marker.</summary>
    HasStalenessMarker = 1 << 5,

    /// <summary>Statistics end the entry.</summary>
    HasStatistics = 1 << 6,
}

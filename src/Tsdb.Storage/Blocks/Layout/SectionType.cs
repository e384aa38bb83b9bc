namespace Tsdb.Storage.Blocks.Layout;

/// <summary>What a section of a block's file holds. Part of the file formats: numbers never change meaning.</summary>
/// <remarks>
/// From <see cref="FirstOptional"/> on a reader skips a section it does not know; below it refuses the block, as the data cannot be read without it.
/// Kept for later: 9 codebooks of chunk codecs, 0x8001 Bloom filter.
/// </remarks>
internal enum SectionType : ushort
{
    /// <summary>The chunks' frames; the one section of <c>chunks.dat</c>. Each frame has its own checksum.</summary>
    Chunks = 1,

    /// <summary>Every label name and value, sorted.</summary>
    Symbols = 2,

    /// <summary>Label names, their values, and where the posting list of each pair lies.</summary>
    Labels = 3,

    /// <summary>The labels of each series.</summary>
    Series = 4,

    /// <summary>Posting lists.</summary>
    Postings = 5,

    /// <summary>Where the posting list of each virtual shard lies.</summary>
    VirtualShards = 6,

    /// <summary>The distinct timestamp columns of the chunks.</summary>
    TimestampColumns = 7,

    /// <summary>Where the chunks of each series lie, and their statistics.</summary>
    ChunkIndex = 8,

    /// <summary>The first type whose sections may be skipped.</summary>
    FirstOptional = 0x8000,
}

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>
/// The frame that <c>chunks.dat</c> and <c>index.dat</c> share: header, aligned sections, footer. Part of the file formats
/// (docs/formats.md#block).
/// </summary>
/// <remarks>
/// <code>
///  header, 64 bytes           magic u64 | version u32 | zero u32 | block id 16 bytes | zeros | CRC-32C of the bytes before, u32
///  section, 64-byte aligned   type u16 | version u16 | length u32 | CRC-32C of the payload u32 | zero u32 | payload
///  footer, 64-byte aligned    per section: type u16 | version u16 | CRC-32C u32 | payload offset u64 | payload length u64
///                             then: section count u32 | CRC-32C of the footer without this field u32 | file length u64 | magic u64
/// </code>
/// The section of <c>chunks.dat</c> may exceed 4 GiB: its header holds 0 as length and checksum, its frames have their own.
/// </remarks>
internal static class BlockFileFormat
{
    /// <summary>The first and last eight bytes of <c>chunks.dat</c>: "TSDBCHNK".</summary>
    public const ulong ChunksMagic = 0x4B4E4843_42445354;

    /// <summary>The first and last eight bytes of <c>index.dat</c>: "TSDBINDX".</summary>
    public const ulong IndexMagic = 0x58444E49_42445354;

    /// <summary>The version of the frame that is written, and the highest that is read.</summary>
    public const uint Version = 1;

    /// <summary>The version of every section's layout that is written, and the highest that is read.</summary>
    public const ushort SectionVersion = 1;

    /// <summary>Sections and the footer begin at multiples of this.</summary>
    public const int Alignment = 64;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 64;

    /// <summary>Where the block's id lies in the header.</summary>
    public const int HeaderIdOffset = 16;

    /// <summary>Where the header's checksum lies.</summary>
    public const int HeaderChecksumOffset = 60;

    /// <summary>Bytes before a section's payload.</summary>
    public const int SectionHeaderBytes = 16;

    /// <summary>Bytes of one section in the footer.</summary>
    public const int FooterEntryBytes = 24;

    /// <summary>Bytes after the sections' entries in the footer.</summary>
    public const int FooterTailBytes = 24;

    /// <summary>More sections than this are not believed.</summary>
    public const int MaxSections = 64;
}

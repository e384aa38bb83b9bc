using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>Lays out the symbols section: every distinct label name and value, sorted bytewise, numbered in that order, front-coded.</summary>
/// <remarks>
/// <code>
///  symbol count u32 | restart interval u8 | zeros, 3 bytes | per restart: offset in the payload u32 | symbols
///  symbol: bytes shared with the one before, varint (0 at a restart) | further bytes, varint | those bytes
/// </code>
/// Authoritative: docs/formats.md#symbols.
/// </remarks>
internal static class SymbolsBuilder
{
    /// <summary>Symbols from one restart to the next: finding one by number reads half of them.</summary>
    private const int RestartInterval = 8;

    /// <summary>Lays out symbols that are sorted and distinct.</summary>
    public static SectionBuilder Build(IReadOnlyList<byte[]> sorted)
    {
        var section = new SectionBuilder();
        section.WriteUInt32((uint)sorted.Count);
        section.WriteUInt32(RestartInterval);
        int restarts = (sorted.Count + RestartInterval - 1) / RestartInterval;
        int restartsOffset = section.LengthBytes;
        for (int i = 0; i < restarts; i++)
        {
            section.WriteUInt32(0); // patched below
        }

        ReadOnlySpan<byte> previous = [];
        for (int i = 0; i < sorted.Count; i++)
        {
            if (i % RestartInterval == 0)
            {
                section.PatchUInt32(restartsOffset + (i / RestartInterval * sizeof(uint)), (uint)section.LengthBytes);
                previous = [];
            }

            ReadOnlySpan<byte> symbol = sorted[i];
            int shared = symbol.CommonPrefixLength(previous);
            section.WriteVarint((uint)shared);
            section.WriteVarint((uint)(symbol.Length - shared));
            section.Write(symbol[shared..]);
            previous = symbol;
        }

        return section;
    }
}

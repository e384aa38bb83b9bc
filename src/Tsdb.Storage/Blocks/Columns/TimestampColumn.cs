using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>A distinct column of timestamps: the series of one scrape, or of one line, share theirs.</summary>
/// <param name="Id">Tells equal columns, in this block and in others: the hash of its timestamps, never 0.</param>
/// <param name="MinTimeNs">The first timestamp.</param>
/// <param name="MaxTimeNs">The last timestamp.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct TimestampColumn(ulong Id, long MinTimeNs, long MaxTimeNs, int Count)
{
    /// <summary>More samples than this no chunk holds: a query decodes chunks whole. Part of the file formats.</summary>
    public const int MaxCount = 1 << 20;

    /// <summary>Describes ascending timestamps, at least one.</summary>
    public static TimestampColumn Of(ReadOnlySpan<long> timestampsNs)
    {
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(timestampsNs)); // little-endian, like every machine .NET 10 runs this on
        return new TimestampColumn(hash == 0 ? 1 : hash, timestampsNs[0], timestampsNs[^1], timestampsNs.Length);
    }
}

using Tsdb.Encoding.Entropy;
using Tsdb.Encoding.Gorilla;
using Tsdb.Encoding.Integers;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Columns;

/// <summary>Decodes the timestamps <see cref="TimestampColumnEncoder"/> encoded. Safe on any bytes; thread-safe.</summary>
public static class TimestampColumnDecoder
{
    /// <summary>Decodes as many timestamps as the span holds, which must be as many as were encoded.</summary>
    /// <param name="payload">The column's bytes, all of them.</param>
    /// <param name="codebooks">The codebooks of its block.</param>
    /// <param name="timestampsNs">Takes the timestamps.</param>
    /// <returns>False when the bytes are no such column; the timestamps are then undefined.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> payload, CodebookSet codebooks, Span<long> timestampsNs)
    {
        ArgumentNullException.ThrowIfNull(codebooks);
        if (payload.IsEmpty || timestampsNs.IsEmpty)
        {
            return false;
        }

        var codec = (ChunkCodec)payload[0];
        int position = 1;
        if (!IntegerHeader.TryRead(payload, ref position, out IntegerHeader header, out byte flags)
            || !GorillaUnits.IsKnown((TimeUnit)flags)
            || codec == ChunkCodec.SplitDoubles
            || !IntegerColumnDecoder.TryRead(codec, payload, ref position, codebooks, header, timestampsNs))
        {
            return false;
        }

        long nsPerUnit = GorillaUnits.NsPer((TimeUnit)flags);
        long firstNs = header.Base * nsPerUnit;
        long divisorNs = header.Divisor * nsPerUnit;
        for (int i = 0; i < timestampsNs.Length; i++)
        {
            timestampsNs[i] = firstNs + (timestampsNs[i] * divisorNs);
        }

        return true;
    }
}

using System.Runtime.InteropServices;
using Tsdb.Encoding.Decimals;
using Tsdb.Encoding.Entropy;
using Tsdb.Encoding.Integers;

namespace Tsdb.Encoding.Columns;

/// <summary>Decodes the values <see cref="ValueColumnEncoder"/> encoded. Safe on any bytes; thread-safe.</summary>
public static class ValueColumnDecoder
{
    /// <summary>Decodes as many values as the span holds, which must be as many as were encoded.</summary>
    /// <param name="codec">The chunk's codec byte, perhaps one of a newer version.</param>
    /// <param name="payload">The chunk's bytes, all of them.</param>
    /// <param name="codebooks">The codebooks of its block.</param>
    /// <param name="values">Takes the values.</param>
    /// <returns>
    /// False when the bytes are no such column or the codec is none of sealed columns; the values are then undefined. Damage that yields other
    /// values is not noticed here: a checksum guards the bytes.
    /// </returns>
    public static bool TryDecode(ChunkCodec codec, ReadOnlySpan<byte> payload, CodebookSet codebooks, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(codebooks);
        int position = 0;
        if (values.IsEmpty || !IntegerHeader.TryRead(payload, ref position, out IntegerHeader header, out byte flags))
        {
            return false;
        }

        // The integers are decoded where the values will stand: one pass less over memory that would not fit the first cache.
        Span<long> integers = MemoryMarshal.Cast<double, long>(values);
        int exponent = flags & ValueColumnEncoder.ExponentMask;
        if ((codec == ChunkCodec.DecimalHuffman && exponent == DecimalScale.Bits)
            || (codec == ChunkCodec.SplitDoubles && exponent != DecimalScale.Bits)
            || !IntegerColumnDecoder.TryRead(codec, payload, ref position, codebooks, header, integers))
        {
            return false;
        }

        DecimalScale.ToValues(integers, header.Base, header.Divisor, exponent, values);
        return (flags & ValueColumnEncoder.HasExceptions) == 0 || ValueExceptions.TryApply(payload, ref position, values);
    }
}

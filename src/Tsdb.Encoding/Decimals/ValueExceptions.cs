using System.Buffers.Binary;
using Tsdb.Encoding.Bits;
using Tsdb.Model.Samples;

namespace Tsdb.Encoding.Decimals;

/// <summary>The values of a column that have no integer: NaN, infinities, negative zero, odd decimals; each bit for bit.</summary>
/// <remarks>
/// <code>
///  count varint | per exception: varint 2 * (index less the index after the one before) + (1 when it is the staleness marker) | [f64 LE, unless it is]
/// </code>
/// Authoritative: docs/formats.md#exceptions. Safe on any bytes; thread-safe.
/// </remarks>
internal static class ValueExceptions
{
    /// <summary>The most bytes the list of so many exceptions takes.</summary>
    public static int MaxLengthOf(int count) => checked(Varint.MaxLength32 + (count * (Varint.MaxLength32 + sizeof(double))));

    /// <summary>Writes the values at some indexes, ascending, and returns the bytes.</summary>
    public static int Write(ReadOnlySpan<double> values, IReadOnlyList<int> indexes, Span<byte> destination)
    {
        int length = Varint.Write(destination, (uint)indexes.Count);
        int expected = 0;
        for (int i = 0; i < indexes.Count; i++)
        {
            double value = values[indexes[i]];
            bool isStale = StalenessMarker.Is(value);
            length += Varint.Write(destination[length..], (2 * (ulong)(indexes[i] - expected)) + (isStale ? 1u : 0));
            if (!isStale)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(destination[length..], value);
                length += sizeof(double);
            }

            expected = indexes[i] + 1;
        }

        return length;
    }

    /// <summary>Puts the exceptions at a position in their places and moves it past; false when the bytes are no such list.</summary>
    public static bool TryApply(ReadOnlySpan<byte> source, ref int position, Span<double> values)
    {
        if (!Varint.TryReadCount(source, ref position, values.Length, out int count))
        {
            return false;
        }

        long index = -1;
        for (int i = 0; i < count; i++)
        {
            if (!Varint.TryReadUInt32(source, ref position, out uint step))
            {
                return false;
            }

            index += 1 + (step >> 1);
            if (index >= values.Length)
            {
                return false;
            }

            if ((step & 1) != 0)
            {
                values[(int)index] = StalenessMarker.Value;
            }
            else if (source.Length - position >= sizeof(double))
            {
                values[(int)index] = BinaryPrimitives.ReadDoubleLittleEndian(source[position..]);
                position += sizeof(double);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}

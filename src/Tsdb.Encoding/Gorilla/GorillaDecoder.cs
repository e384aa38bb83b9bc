using System.Numerics;
using Tsdb.Encoding.Bits;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Gorilla;

/// <summary>Reads the chunks <see cref="GorillaEncoder"/> writes; the bits are drawn there.</summary>
/// <remarks>
/// Safe on any bytes: it reads none outside the span and writes none outside the columns. It may read a chunk that is still being appended to,
/// up to the count of samples published. Thread-safe.
/// </remarks>
public static class GorillaDecoder
{
    // Bits of the first sample, and the fewest of any other.
    internal const int FirstSampleBits = 128;
    internal const int MinSampleBits = 2;

    // A sample that continues as the one before is two zero bits; this many are seen in one peek.
    private const int RepeatsPerPeek = BitReader.PeekBits / MinSampleBits;


    /// <summary>Decodes the first <paramref name="count"/> samples of a chunk.</summary>
    /// <param name="payload">The chunk's bytes; more than the samples take do no harm.</param>
    /// <param name="unit">The unit of the chunk's timestamps.</param>
    /// <param name="count">How many samples, at least 1.</param>
    /// <param name="timestampsNs">Takes the timestamps; at least <paramref name="count"/> long.</param>
    /// <param name="values">Takes the values; at least <paramref name="count"/> long.</param>
    /// <returns>
    /// False when the bytes are no chunk of that many samples; the columns' content is then undefined. Damage that yields other samples is not
    /// noticed here: a checksum guards the bytes.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is shorter than <paramref name="count"/>.</exception>
    public static bool TryDecode(ReadOnlySpan<byte> payload, TimeUnit unit, int count, Span<long> timestampsNs, Span<double> values)
    {
        long bitCount = (long)payload.Length * 8;
        if (count < 1 || !GorillaUnits.IsKnown(unit) || bitCount < FirstSampleBits + ((long)MinSampleBits * (count - 1)))
        {
            return false;
        }

        timestampsNs = timestampsNs[..count];
        values = values[..count];

        // All arithmetic wraps around, and multiplication distributes over it: sums of nanoseconds equal the nanoseconds of sums.
        long nsPerUnit = GorillaUnits.NsPer(unit);
        long timestampNs = (long)BitReader.Read(payload, 0, 64) * nsPerUnit;
        long deltaNs = 0;
        ulong value = BitReader.Read(payload, 64, 64);
        int windowLength = 64;
        int windowTrailing = 0;
        timestampsNs[0] = timestampNs;
        values[0] = BitConverter.UInt64BitsToDouble(value);

        long position = FirstSampleBits;
        for (int i = 1; i < timestampsNs.Length; i++)
        {
            // The codes are told apart by branches: measured against masks and conditional moves, mispredictions included, branches win.
            ulong bits = BitReader.Peek(payload, position);
            if ((long)bits >= 0)
            {
                if (bits < 1ul << (64 - (RepeatsPerPeek * MinSampleBits)) && count - i >= RepeatsPerPeek)
                {
                    // Constant series are common, and their runs decode three times as fast taken whole.
                    timestampNs = Repeat(timestampsNs.Slice(i, RepeatsPerPeek), timestampNs, deltaNs);
                    values.Slice(i, RepeatsPerPeek).Fill(BitConverter.UInt64BitsToDouble(value));
                    position += RepeatsPerPeek * MinSampleBits;
                    i += RepeatsPerPeek - 1;
                    continue;
                }

                bits <<= 1;
                position++;
            }
            else
            {
                int ones = BitOperations.LeadingZeroCount(~bits);
                deltaNs += nsPerUnit * ReadDelta(payload, position, bits, ones);
                position += DeltaCodeLength(ones);
                bits = BitReader.Peek(payload, position);
            }

            timestampNs += deltaNs;
            if ((long)bits >= 0)
            {
                position++;
            }
            else
            {
                position += 2;
                if ((bits & (1ul << 62)) != 0)
                {
                    int leading = (int)(bits >> 57) & GorillaEncoder.MaxLeading;
                    windowLength = ((int)(bits >> 51) - 1 & 63) + 1; // 0 stands for 64
                    windowTrailing = 64 - leading - windowLength;
                    position += GorillaEncoder.WindowHeaderBits;
                    if (windowTrailing < 0)
                    {
                        return false;
                    }
                }

                value ^= BitReader.Read(payload, position, windowLength) << windowTrailing;
                position += windowLength;
            }

            timestampsNs[i] = timestampNs;
            values[i] = BitConverter.UInt64BitsToDouble(value);
        }

        return position <= bitCount;
    }

    private static long Repeat(Span<long> timestampsNs, long timestampNs, long deltaNs)
    {
        for (int i = 0; i < timestampsNs.Length; i++)
        {
            timestampNs += deltaNs;
            timestampsNs[i] = timestampNs;
        }

        return timestampNs;
    }

    /// <summary>The delta-of-delta whose code begins at <paramref name="position"/> with so many ones; <paramref name="bits"/> is what was seen there.</summary>
    internal static long ReadDelta(ReadOnlySpan<byte> payload, long position, ulong bits, int ones) =>
        ones > GorillaEncoder.MaxDeltaOnes
            ? (long)BitReader.Read(payload, position + GorillaEncoder.WideDeltaOnes, 64)
            : (long)(bits << (ones + 1)) >> (64 - (ones * GorillaEncoder.DeltaBitsPerOne));

    /// <summary>The bits of a delta-of-delta code that begins with so many ones.</summary>
    internal static int DeltaCodeLength(int ones) =>
        ones > GorillaEncoder.MaxDeltaOnes ? GorillaEncoder.WideDeltaOnes + 64 : 1 + (ones * (1 + GorillaEncoder.DeltaBitsPerOne));
}

using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Columns;

/// <summary>Writes and reads a chunk's statistics. Values with few decimals, as most are, take a few bytes; others are kept raw.</summary>
/// <remarks>
/// <code>
///  form u8       bits 0..3: decimals 0..4 of first, last, min, max, or 15: raw; bit 4: the sum is in decimals too
///  decimals      zig-zag varint first, zig-zag varint last - first, varint first - min, varint max - first, each times 10^decimals
///  raw           first, last, min, max: f64 each
///  sum           zig-zag varint, times 10^decimals; or f64
///  resets        varint
/// </code>
/// A value m / 10^decimals is exact: it is used only where that division gives the value's very bits. Authoritative: docs/formats.md#chunk-index.
/// </remarks>
internal static class ChunkStatisticsCodec
{
    private const int MaxDecimals = 4;
    private const byte RawForm = 15;
    private const byte DecimalSumBit = 16;
    private const double MaxMantissa = 1L << 53; // beyond it not every integer is a double

    private static readonly double[] PowersOfTen = [1, 10, 100, 1_000, 10_000];

    /// <summary>Appends the statistics.</summary>
    public static void Write(SectionBuilder section, in ChunkStatistics statistics)
    {
        int decimals = FindDecimals(statistics, out long first, out long last, out long min, out long max);
        bool isDecimal = decimals <= MaxDecimals;
        long sum = 0;
        bool isSumDecimal = isDecimal && TryScale(statistics.Sum, decimals, out sum);
        section.WriteByte((byte)((isDecimal ? decimals : RawForm) | (isSumDecimal ? DecimalSumBit : 0)));
        if (isDecimal)
        {
            section.WriteZigZag(first);
            section.WriteZigZag(last - first);
            section.WriteVarint((ulong)(first - min));
            section.WriteVarint((ulong)(max - first));
        }
        else
        {
            section.WriteDouble(statistics.First);
            section.WriteDouble(statistics.Last);
            section.WriteDouble(statistics.Min);
            section.WriteDouble(statistics.Max);
        }

        if (isSumDecimal)
        {
            section.WriteZigZag(sum);
        }
        else
        {
            section.WriteDouble(statistics.Sum);
        }

        section.WriteVarint((uint)statistics.ResetCount);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ChunkStatistics Read(ref SectionCursor cursor)
    {
        byte form = cursor.ReadByte();
        int decimals = form & RawForm;
        bool isSumDecimal = (form & DecimalSumBit) != 0;
        cursor.Require(form < 2 * DecimalSumBit && (decimals <= MaxDecimals || form == RawForm), "a chunk's statistics have an unknown form");
        double first, last, min, max;
        if (decimals <= MaxDecimals)
        {
            double scale = PowersOfTen[decimals];
            long scaledFirst = cursor.ReadZigZag();
            first = scaledFirst / scale;
            last = unchecked(scaledFirst + cursor.ReadZigZag()) / scale;
            min = unchecked(scaledFirst - (long)cursor.ReadVarint()) / scale;
            max = unchecked(scaledFirst + (long)cursor.ReadVarint()) / scale;
        }
        else
        {
            first = cursor.ReadDouble();
            last = cursor.ReadDouble();
            min = cursor.ReadDouble();
            max = cursor.ReadDouble();
        }

        double sum = isSumDecimal ? cursor.ReadZigZag() / PowersOfTen[decimals] : cursor.ReadDouble();
        return new ChunkStatistics(first, last, min, max, sum, cursor.ReadCount(int.MaxValue));
    }

    private static int FindDecimals(in ChunkStatistics statistics, out long first, out long last, out long min, out long max)
    {
        first = last = min = max = 0;
        int decimals = 0;
        while (decimals <= MaxDecimals
            && !(TryScale(statistics.First, decimals, out first) && TryScale(statistics.Last, decimals, out last)
                && TryScale(statistics.Min, decimals, out min) && TryScale(statistics.Max, decimals, out max)))
        {
            decimals++;
        }

        return decimals;
    }

    // Bits are compared, and those of the integer's quotient: -0 is refused, as the quotient of the integer 0 is +0.
    private static bool TryScale(double value, int decimals, out long scaled)
    {
        double rounded = Math.Round(value * PowersOfTen[decimals]);
        scaled = Math.Abs(rounded) < MaxMantissa ? (long)rounded : 0;
        return BitConverter.DoubleToInt64Bits(scaled / PowersOfTen[decimals]) == BitConverter.DoubleToInt64Bits(value);
    }
}

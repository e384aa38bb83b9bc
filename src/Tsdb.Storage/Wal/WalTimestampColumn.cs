using Tsdb.Encoding.Bits;
using Tsdb.Model.Time;

namespace Tsdb.Storage.Wal;

/// <summary>The timestamps of a SAMPLES record, as runs of equal timestamps in the coarsest unit that divides them all.</summary>
/// <remarks>
/// In order (authoritative: docs/formats.md#wal):
/// <code>
///  unit     u8               a <see cref="TimeUnit"/>
///  first    zig-zag varint   the first run's timestamp, in units
///  runs     varint           samples of the first run, then for each further run:
///           zig-zag varint     its distance from the run before, minus that run's distance from the one before it (0 for the first)
///           varint             samples in the run
/// </code>
/// Evenly spaced timestamps cost two bytes a run. Arithmetic wraps, so every 64-bit timestamp round-trips.
/// </remarks>
internal static class WalTimestampColumn
{
    /// <summary>The most bytes the column takes per sample.</summary>
    public const int MaxBytesPerSample = Varint.MaxLength + 1;

    /// <summary>The bytes it takes besides.</summary>
    public const int MaxExtraBytes = 1;

    /// <summary>Writes the column of at least one timestamp and returns its length.</summary>
    public static int Write(ReadOnlySpan<long> timestampsNs, Span<byte> destination)
    {
        TimeUnit unit = CoarsestUnit(timestampsNs);
        long nsPerUnit = Timestamps.NsPer(unit);
        destination[0] = (byte)unit;
        int length = 1;
        long previousNs = timestampsNs[0];
        long previousDistance = 0;
        length += Varint.WriteZigZag(destination[length..], previousNs / nsPerUnit);
        int end = EndOfRun(timestampsNs, 0);
        length += Varint.Write(destination[length..], (ulong)end);
        while (end < timestampsNs.Length)
        {
            int start = end;
            long distance = unchecked((timestampsNs[start] / nsPerUnit) - (previousNs / nsPerUnit));
            end = EndOfRun(timestampsNs, start);
            length += Varint.WriteZigZag(destination[length..], unchecked(distance - previousDistance));
            length += Varint.Write(destination[length..], (ulong)(end - start));
            previousDistance = distance;
            previousNs = timestampsNs[start];
        }

        return length;
    }

    /// <summary>Fills <paramref name="timestampsNs"/> from the bytes at <paramref name="position"/>. False when they are not exactly such a column.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, Span<long> timestampsNs)
    {
        if (position >= source.Length || source[position] > (byte)TimeUnit.Seconds)
        {
            return false;
        }

        long nsPerUnit = Timestamps.NsPer((TimeUnit)source[position++]);
        if (!Varint.TryReadZigZag(source, ref position, out long value))
        {
            return false;
        }

        long distance = 0;
        while (true)
        {
            if (!Varint.TryReadCount(source, ref position, timestampsNs.Length, out int count) || count == 0)
            {
                return false;
            }

            timestampsNs[..count].Fill(unchecked(value * nsPerUnit));
            timestampsNs = timestampsNs[count..];
            if (timestampsNs.IsEmpty)
            {
                return true;
            }

            if (!Varint.TryReadZigZag(source, ref position, out long change))
            {
                return false;
            }

            distance = unchecked(distance + change);
            value = unchecked(value + distance);
        }
    }

    private static TimeUnit CoarsestUnit(ReadOnlySpan<long> timestampsNs)
    {
        var unit = TimeUnit.Seconds;
        long nsPerUnit = Timestamps.NsPer(unit);
        for (int start = 0; start < timestampsNs.Length && unit != TimeUnit.Nanoseconds; start = EndOfRun(timestampsNs, start))
        {
            while (timestampsNs[start] % nsPerUnit != 0)
            {
                unit--;
                nsPerUnit = Timestamps.NsPer(unit);
            }
        }

        return unit;
    }

    private static int EndOfRun(ReadOnlySpan<long> timestampsNs, int start)
    {
        int next = timestampsNs[(start + 1)..].IndexOfAnyExcept(timestampsNs[start]);
        return next < 0 ? timestampsNs.Length : start + 1 + next;
    }
}

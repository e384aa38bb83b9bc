using System.Diagnostics;
using Tsdb.Encoding.Bits;

namespace Tsdb.Storage.Wal;

/// <summary>The payload of a SAMPLES record: a count, then the columns of slots, timestamps and values. Stands alone: no state crosses a record.</summary>
internal static class WalSamplesPayload
{
    private const int MaxBytesPerSample =
        WalSlotColumn.MaxBytesPerSample + WalTimestampColumn.MaxBytesPerSample + WalValueColumn.MaxBytesPerSample;

    /// <summary>The most bytes <see cref="Write"/> takes for <paramref name="count"/> samples; within a record's limit for as many as a record may hold.</summary>
    public static int MaxBytes(int count) =>
        Varint.MaxLength32 + WalTimestampColumn.MaxExtraBytes + WalValueColumn.MaxExtraBytes + (count * MaxBytesPerSample);

    /// <summary>Writes columns of equal length, at least 1 and at most <see cref="WalFormat.MaxSamplesPerRecord"/>, and returns the payload's length.</summary>
    public static int Write(ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values, Span<byte> destination)
    {
        Debug.Assert(slots.Length == timestampsNs.Length && slots.Length == values.Length, "Columns have one length.");
        Debug.Assert(slots.Length is > 0 and <= WalFormat.MaxSamplesPerRecord, "The caller splits batches.");
        int length = Varint.Write(destination, (ulong)slots.Length);
        length += WalSlotColumn.Write(slots, destination[length..]);
        length += WalTimestampColumn.Write(timestampsNs, destination[length..]);
        length += WalValueColumn.Write(values, destination[length..]);
        return length;
    }

    /// <summary>Reads only the slots and timestamps of a payload. False, with the columns undefined, when it does not begin like such a payload.</summary>
    public static bool TryReadTimestamps(ReadOnlySpan<byte> payload, WalSampleColumns samples)
    {
        int position = 0;
        return TryReadTimestamps(payload, ref position, samples);
    }

    /// <summary>Reads a payload into <paramref name="samples"/>. False, with the columns undefined, when it is not exactly such a payload.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, WalSampleColumns samples)
    {
        int position = 0;
        return TryReadTimestamps(payload, ref position, samples)
            && WalValueColumn.TryRead(payload, ref position, samples.Values)
            && position == payload.Length;
    }

    private static bool TryReadTimestamps(ReadOnlySpan<byte> payload, ref int position, WalSampleColumns samples)
    {
        if (!Varint.TryReadCount(payload, ref position, WalFormat.MaxSamplesPerRecord, out int count) || count == 0)
        {
            return false;
        }

        samples.Resize(count);
        return WalSlotColumn.TryRead(payload, ref position, samples.Slots)
            && WalTimestampColumn.TryRead(payload, ref position, samples.TimestampsNs);
    }
}

using Tsdb.Encoding.Bits;
using Tsdb.Model.Histograms;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Storage.Wal;

/// <summary>
/// The payload of a HISTOGRAMS record: a count, the columns of slots and timestamps as in a SAMPLES record, the length of each encoded histogram, and the
/// histograms one after the other (docs/formats.md#wal). What is in a histogram is not looked at.
/// </summary>
internal static class WalHistogramsPayload
{
    private const int MaxExtraBytes = Varint.MaxLength32 + WalTimestampColumn.MaxExtraBytes;
    private const int MaxBytesBesideHistogram = WalSlotColumn.MaxBytesPerSample + WalTimestampColumn.MaxBytesPerSample + Varint.MaxLength32;
    private const int TargetBytes = 1 << 20; // a record of many ends once it is this long, so that damage takes few with it

    /// <summary>How many samples from <paramref name="first"/> on go into one record, and the most bytes its payload takes.</summary>
    public static int Plan(HistogramColumns histograms, int first, out int maxBytes)
    {
        maxBytes = MaxExtraBytes;
        int end = first;
        do
        {
            maxBytes += MaxBytesBesideHistogram + histograms.EncodedAt(end).Length;
            end++;
        }
        while (end < histograms.Count
            && end - first < WalFormat.MaxSamplesPerRecord
            && maxBytes + MaxBytesBesideHistogram + histograms.EncodedAt(end).Length <= TargetBytes);

        return end - first;
    }

    /// <summary>Writes <paramref name="count"/> samples from <paramref name="first"/> on and returns the payload's length.</summary>
    public static int Write(HistogramColumns histograms, int first, int count, Span<byte> destination)
    {
        int length = Varint.Write(destination, (ulong)count);
        length += WalSlotColumn.Write(histograms.Series.Slice(first, count), destination[length..]);
        length += WalTimestampColumn.Write(histograms.TimestampsNs.Slice(first, count), destination[length..]);
        int startBytes = first == 0 ? 0 : histograms.Ends[first - 1];
        int beforeBytes = startBytes;
        foreach (int endBytes in histograms.Ends.Slice(first, count))
        {
            length += Varint.Write(destination[length..], (ulong)(endBytes - beforeBytes));
            beforeBytes = endBytes;
        }

        histograms.Bytes[startBytes..beforeBytes].CopyTo(destination[length..]);
        return length + beforeBytes - startBytes;
    }

    /// <summary>Reads a payload into empty columns. False, with the columns undefined, when it is not exactly such a payload.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, HistogramColumns histograms)
    {
        int position = 0;
        if (!Varint.TryReadCount(payload, ref position, Math.Min(payload.Length, WalFormat.MaxSamplesPerRecord), out int count) || count == 0)
        {
            return false;
        }

        var slots = new uint[count];
        var timestampsNs = new long[count];
        return WalSlotColumn.TryRead(payload, ref position, slots)
            && WalTimestampColumn.TryRead(payload, ref position, timestampsNs)
            && TryReadHistograms(payload, position, slots, timestampsNs, histograms);
    }

    private static bool TryReadHistograms(
        ReadOnlySpan<byte> payload, int position, ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, HistogramColumns histograms)
    {
        var lengths = new int[slots.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (!Varint.TryReadCount(payload, ref position, HistogramCodec.MaxLengthBytes, out lengths[i]) || lengths[i] == 0)
            {
                return false;
            }
        }

        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] > payload.Length - position)
            {
                return false;
            }

            histograms.Add(new SeriesRef(slots[i]), timestampsNs[i], payload.Slice(position, lengths[i]));
            position += lengths[i];
        }

        return position == payload.Length;
    }
}

using Tsdb.Encoding.Bits;
using Tsdb.Model.Labels;

namespace Tsdb.Storage.Wal;

/// <summary>The payload of a SERIES record: a count, then for each series its slot, the length of its canonical labels, and the labels.</summary>
/// <remarks>Slots are written as zig-zag varint differences from the one before, 0 before the first (docs/formats.md#wal).</remarks>
internal static class WalSeriesPayload
{
    /// <summary>The most bytes of one series' labels.</summary>
    public const int MaxLabelBytes = WalFormat.MaxPayloadBytes - MaxBytesBesideLabels - Varint.MaxLength32;

    private const int MaxBytesBesideLabels = 2 * Varint.MaxLength32;
    private const int TargetBytes = 1 << 20; // a record of many series ends once it is this long, so that damage takes few with it

    /// <summary>How many series from <paramref name="first"/> on go into one record, and the most bytes its payload takes.</summary>
    public static int Plan(WalSeriesBatch batch, int first, out int maxBytes)
    {
        maxBytes = Varint.MaxLength32;
        int end = first;
        do
        {
            maxBytes += MaxBytesBesideLabels + batch.LabelsAt(end).Length;
            end++;
        }
        while (end < batch.Count && maxBytes + MaxBytesBesideLabels + batch.LabelsAt(end).Length <= TargetBytes);

        return end - first;
    }

    /// <summary>Writes <paramref name="count"/> series from <paramref name="first"/> on and returns the payload's length.</summary>
    public static int Write(WalSeriesBatch batch, int first, int count, Span<byte> destination)
    {
        int length = Varint.Write(destination, (ulong)count);
        uint previous = 0;
        for (int i = first; i < first + count; i++)
        {
            ReadOnlySpan<byte> labels = batch.LabelsAt(i);
            length += Varint.WriteZigZag(destination[length..], (int)(batch.SlotAt(i) - previous));
            length += Varint.Write(destination[length..], (ulong)labels.Length);
            labels.CopyTo(destination[length..]);
            length += labels.Length;
            previous = batch.SlotAt(i);
        }

        return length;
    }

    /// <summary>Reads a payload into an empty batch. False, with the batch undefined, when it is not exactly such a payload.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, WalSeriesBatch batch)
    {
        int position = 0;
        if (!Varint.TryReadCount(payload, ref position, payload.Length, out int count) || count == 0)
        {
            return false;
        }

        uint slot = 0;
        for (int i = 0; i < count; i++)
        {
            if (!Varint.TryReadZigZag(payload, ref position, out long jump)
                || jump is < int.MinValue or > int.MaxValue
                || !Varint.TryReadCount(payload, ref position, payload.Length, out int lengthBytes)
                || lengthBytes > Math.Min(payload.Length - position, MaxLabelBytes))
            {
                return false;
            }

            ReadOnlySpan<byte> labels = payload.Slice(position, lengthBytes);
            if (!CanonicalLabels.IsCanonical(labels))
            {
                return false;
            }

            slot += (uint)(int)jump;
            batch.Add(slot, labels);
            position += lengthBytes;
        }

        return position == payload.Length;
    }
}

using System.Buffers;
using System.IO.Hashing;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;

namespace Tsdb.Storage.Series;

/// <summary>Says which part of all series a label set belongs to. Part of the file formats and of placement: never changes meaning.</summary>
internal static class SeriesPlacement
{
    private const int StackBytes = 1024;

    /// <summary>
    /// The virtual shard of a label set: XxHash3 (64 bits, seed 0) of its canonical bytes with the <c>__name__</c> label left out, modulo
    /// <see cref="VirtualShard.Count"/>.
    /// </summary>
    public static VirtualShard VirtualShardOf(ReadOnlySpan<byte> canonicalLabels)
    {
        int nameStart = FindMetricName(canonicalLabels, out int nameEnd);
        ulong hash = nameStart switch
        {
            < 0 => XxHash3.HashToUInt64(canonicalLabels),
            0 => XxHash3.HashToUInt64(canonicalLabels[nameEnd..]),
            _ => HashAround(canonicalLabels, nameStart, nameEnd),
        };
        return new VirtualShard((ushort)(hash % VirtualShard.Count));
    }

    /// <summary>The shard of this process that writes a virtual shard.</summary>
    public static int ShardOf(VirtualShard virtualShard, int shardCount) => virtualShard.Value % shardCount;

    // Where the metric name's label begins, or -1 when there is none. It is nearly always first: capitals and digits alone sort before it.
    private static int FindMetricName(ReadOnlySpan<byte> canonicalLabels, out int end)
    {
        ReadOnlySpan<byte> rest = canonicalLabels;
        while (!rest.IsEmpty)
        {
            int start = canonicalLabels.Length - rest.Length;
            int order = CanonicalLabels.TakeFirst(ref rest).Name.SequenceCompareTo(LabelNames.MetricNameUtf8);
            if (order >= 0)
            {
                end = canonicalLabels.Length - rest.Length;
                return order == 0 ? start : -1;
            }
        }

        end = 0;
        return -1;
    }

    private static ulong HashAround(ReadOnlySpan<byte> canonicalLabels, int nameStart, int nameEnd)
    {
        int length = canonicalLabels.Length - (nameEnd - nameStart);
        byte[]? rented = length <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(length);
        Span<byte> joined = rented ?? stackalloc byte[StackBytes];
        canonicalLabels[..nameStart].CopyTo(joined);
        canonicalLabels[nameEnd..].CopyTo(joined[nameStart..]);
        ulong hash = XxHash3.HashToUInt64(joined[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }
}

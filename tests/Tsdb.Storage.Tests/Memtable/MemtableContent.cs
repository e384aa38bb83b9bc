using Tsdb.Encoding;
using Tsdb.Encoding.Chunks;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Tests.Memtable;

/// <summary>Reads a memtable's series the plain way: decodes every slice and lets the higher rank win. Checks what the slices promise.</summary>
internal static class MemtableContent
{
    /// <summary>The rank of leaves above that of the chunks in order.</summary>
    public const int LeafRank = ShardMemtable.RankCount - 1;

    private const long Rank = 10;

    /// <summary>The samples in a range, value bits by timestamp.</summary>
    public static SortedDictionary<long, long> Read(ShardMemtable memtable, uint slot, TimeRange range)
    {
        var slices = new List<ChunkSlice>();
        memtable.CollectChunks(slot, range, Rank, slices);

        var merged = new SortedDictionary<long, long>();
        for (long rank = Rank; rank < Rank + ShardMemtable.RankCount; rank++)
        {
            ChunkCodec codec = rank - Rank == LeafRank ? ChunkCodec.Raw : ChunkCodec.Gorilla;
            AddAll([.. slices.Where(slice => slice.Rank == rank)], codec, range, merged);
        }

        return merged;
    }

    /// <summary>Makes the latest time there is the newest of a series in every lane, so that whatever it gets then goes to leaves.</summary>
    public static void FillLanes(ShardMemtable memtable, uint slot)
    {
        for (int lane = 0; lane < LeafRank; lane++)
        {
            memtable.Append(slot, long.MaxValue, lane);
        }
    }

    /// <summary>Decodes a slice.</summary>
    public static (long[] TimestampsNs, double[] Values) Decode(in ChunkSlice slice)
    {
        long[] timestampsNs = new long[slice.Count];
        double[] values = new double[slice.Count];
        Check(ChunkDecoder.TryDecode(slice.Codec, slice.Bytes, slice.Unit, slice.Count, timestampsNs, values), "a slice does not decode");
        return (timestampsNs, values);
    }

    private static void AddAll(ChunkSlice[] slices, ChunkCodec codec, TimeRange range, SortedDictionary<long, long> into)
    {
        long? last = null;
        foreach (ChunkSlice slice in slices)
        {
            (long[] timestampsNs, double[] values) = Decode(slice);
            Check(slice.Codec == codec, "the rank does not go with the codec");
            Check(timestampsNs[0] == slice.MinTimeNs, "the first sample is not at the slice's minimum");
            Check(timestampsNs[^1] <= slice.MaxTimeNs, "the last sample is after the slice's maximum");
            for (int i = 0; i < slice.Count; i++)
            {
                Check(last is null || timestampsNs[i] > last, "slices of one rank overlap or descend");
                last = timestampsNs[i];
                if (range.Contains(timestampsNs[i]))
                {
                    into[timestampsNs[i]] = BitConverter.DoubleToInt64Bits(values[i]);
                }
            }
        }
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            Assert.Fail(otherwise);
        }
    }
}

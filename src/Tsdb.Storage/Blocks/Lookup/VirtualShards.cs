using Tsdb.Model.Placement;
using Tsdb.Storage.Blocks.Layout;
using Tsdb.Storage.Index;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>
/// The virtual shards section of a block: which series belong to each, so that a shard can be read out of the block. Safe for concurrent
/// use.
/// </summary>
/// <remarks>
/// <code>
///  shard count u32 | zero u32 | per virtual shard with series, ascending: shard u32, posting list reference u32
/// </code>
/// Authoritative: docs/formats.md#virtual-shards.
/// </remarks>
internal sealed class VirtualShards
{
    private const int HeaderBytes = 8;
    private const int EntryBytes = 8;

    private readonly Section _section;
    private readonly int _count;

    /// <summary>Views the section and checks its outline.</summary>
    public VirtualShards(Section section)
    {
        _section = section;
        uint count = section.UInt32At(0);
        section.Require(count <= VirtualShard.Count && HeaderBytes + (count * EntryBytes) == section.LengthBytes, 0, "the count does not fit the section");
        _count = (int)count;
    }

    /// <summary>Lays out the section; the lists go to the postings section.</summary>
    public static SectionBuilder Build(RowGroups rowsByShard, SectionBuilder postings)
    {
        var entries = new List<(uint Shard, uint Reference)>();
        for (int shard = 0; shard < rowsByShard.KeyCount; shard++)
        {
            ReadOnlySpan<uint> rows = rowsByShard.RowsOf(shard);
            if (!rows.IsEmpty)
            {
                entries.Add(((uint)shard, PostingList.Write(postings, rows)));
            }
        }

        var section = new SectionBuilder();
        section.WriteUInt32((uint)entries.Count);
        section.WriteUInt32(0);
        foreach ((uint shard, uint reference) in entries)
        {
            section.WriteUInt32(shard);
            section.WriteUInt32(reference);
        }

        return section;
    }

    /// <summary>Adds the rows of a virtual shard to a buffer.</summary>
    public void Read(VirtualShard shard, Section postings, int rowCount, PostingBuffer into)
    {
        for (int i = 0; i < _count; i++)
        {
            int offset = HeaderBytes + (i * EntryBytes);
            if (_section.UInt32At(offset) == shard.Value)
            {
                PostingList.Read(postings, _section.UInt32At(offset + sizeof(uint)), rowCount, into);
                return;
            }
        }
    }
}

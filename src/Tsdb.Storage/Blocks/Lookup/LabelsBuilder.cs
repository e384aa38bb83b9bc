using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>Lays out the labels section: names sorted, under each its values sorted. Their pairs are numbered in that order.</summary>
/// <remarks>
/// <code>
///  name count u32 | pair count u32 | per name: symbol u32, its first pair u32 | per pair: symbol of the value u32, posting list reference u32
/// </code>
/// All entries are of fixed width, so that names and values are found by binary search. Authoritative: docs/formats.md#labels.
/// </remarks>
internal sealed class LabelsBuilder
{
    private readonly List<(uint Symbol, uint FirstPair)> _names = [];
    private readonly List<(uint Symbol, uint Postings)> _pairs = [];

    /// <summary>Begins the next name.</summary>
    public void AddName(uint symbol) => _names.Add((symbol, (uint)_pairs.Count));

    /// <summary>Adds the next value of the name begun last.</summary>
    public void AddValue(uint symbol, uint postingsReference) => _pairs.Add((symbol, postingsReference));

    /// <summary>The payload.</summary>
    public SectionBuilder Build()
    {
        var section = new SectionBuilder();
        section.WriteUInt32((uint)_names.Count);
        section.WriteUInt32((uint)_pairs.Count);
        foreach ((uint symbol, uint firstPair) in _names)
        {
            section.WriteUInt32(symbol);
            section.WriteUInt32(firstPair);
        }

        foreach ((uint symbol, uint postings) in _pairs)
        {
            section.WriteUInt32(symbol);
            section.WriteUInt32(postings);
        }

        return section;
    }
}

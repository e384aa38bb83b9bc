using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>The labels section of a block (see <see cref="LabelsBuilder"/>). Safe for concurrent use.</summary>
/// <remarks>Names are few and are copied out when the block is opened; values are read where they lie.</remarks>
internal sealed class Labels
{
    private const int HeaderBytes = 8;
    private const int EntryBytes = 8;

    private readonly Section _section;
    private readonly byte[][] _names;
    private readonly uint[] _firstPairs; // per name, and the pair count as a last entry
    private readonly int _pairsOffset;
    private readonly uint _symbolCount;

    /// <summary>Views the section and checks its outline.</summary>
    public Labels(Section section, Symbols symbols)
    {
        _section = section;
        _symbolCount = (uint)symbols.Count;
        long nameCount = section.UInt32At(0);
        long pairCount = section.UInt32At(4);
        bool fits = HeaderBytes + ((nameCount + pairCount) * EntryBytes) == section.LengthBytes;
        section.Require(fits, 0, "the counts do not fit the section");
        PairCount = (int)pairCount;
        _pairsOffset = HeaderBytes + ((int)nameCount * EntryBytes);
        _names = new byte[nameCount][];
        _firstPairs = new uint[nameCount + 1];
        _firstPairs[nameCount] = (uint)pairCount;
        ReadNames(new SymbolReader(symbols));
    }

    /// <summary>How many label names there are.</summary>
    public int NameCount => _names.Length;

    /// <summary>How many distinct name=value pairs there are.</summary>
    public int PairCount { get; }

    /// <summary>The text of a name, names being numbered in their order.</summary>
    public ReadOnlySpan<byte> NameAt(int name) => _names[name];

    /// <summary>The first pair of a name.</summary>
    public uint FirstPairOf(int name) => _firstPairs[name];

    /// <summary>The pair after a name's last.</summary>
    public uint EndPairOf(int name) => _firstPairs[name + 1];

    /// <summary>The name a pair belongs to.</summary>
    public int NameOf(uint pair)
    {
        int found = _firstPairs.AsSpan().BinarySearch(pair);
        return found < 0 ? ~found - 1 : found;
    }

    /// <summary>Finds a name; negative when there is none.</summary>
    public int FindName(ReadOnlySpan<byte> name)
    {
        int low = 0;
        int high = _names.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = _names[middle].AsSpan().SequenceCompareTo(name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>The first pair of a name whose value's symbol is not below <paramref name="symbol"/>; the name's end when there is none.</summary>
    public uint LowerBound(int name, uint symbol)
    {
        uint low = FirstPairOf(name);
        uint high = EndPairOf(name);
        while (low < high)
        {
            uint middle = low + ((high - low) / 2);
            (low, high) = ValueSymbolOf(middle) < symbol ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The symbol of a pair's value.</summary>
    public uint ValueSymbolOf(uint pair)
    {
        int offset = _pairsOffset + ((int)pair * EntryBytes);
        uint symbol = _section.UInt32At(offset);
        _section.Require(symbol < _symbolCount, offset, "a label value is beyond the last symbol");
        return symbol;
    }

    /// <summary>The reference to the posting list of a pair.</summary>
    public uint PostingsOf(uint pair) => _section.UInt32At(_pairsOffset + ((int)pair * EntryBytes) + sizeof(uint));

    private void ReadNames(SymbolReader symbols)
    {
        for (int name = 0; name < _names.Length; name++)
        {
            int offset = HeaderBytes + (name * EntryBytes);
            uint symbol = _section.UInt32At(offset);
            uint firstPair = _section.UInt32At(offset + sizeof(uint));
            bool follows = name == 0 ? firstPair == 0 : firstPair > _firstPairs[name - 1];
            _section.Require(symbol < _symbolCount && follows && firstPair < (uint)PairCount, offset, "a label name is out of order");
            _names[name] = symbols.Read(symbol).ToArray();
            _firstPairs[name] = firstPair;
        }
    }
}

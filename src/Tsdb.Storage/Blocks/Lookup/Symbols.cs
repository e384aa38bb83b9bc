using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>The symbols section of a block (see <see cref="SymbolsBuilder"/>). Safe for concurrent use.</summary>
internal sealed class Symbols
{
    private const int RestartsOffset = 8;

    private readonly Section _section;

    /// <summary>Views the section and checks its outline.</summary>
    public Symbols(Section section)
    {
        _section = section;
        uint count = section.UInt32At(0);
        RestartInterval = section.UInt32At(4);
        bool fits = count <= int.MaxValue && RestartInterval is > 0 and <= byte.MaxValue
            && RestartsOffset + (RestartsOf(count, RestartInterval) * sizeof(uint)) <= section.LengthBytes;
        section.Require(fits, 0, "the counts do not fit the section");
        Count = (int)count;
    }

    /// <summary>How many symbols there are: they are numbered from 0.</summary>
    public int Count { get; }

    /// <summary>Symbols from one restart to the next.</summary>
    public uint RestartInterval { get; }

    /// <summary>Begins reading at a restart.</summary>
    public SectionCursor CursorAtRestart(uint restart) => _section.CursorAt(_section.UInt32At(RestartsOffset + ((int)restart * sizeof(uint))));

    /// <summary>Begins reading in the middle of a run of symbols.</summary>
    public SectionCursor CursorAt(int position) => new(_section, position);

    /// <summary>The number of the first symbol not below <paramref name="text"/>; the count when there is none.</summary>
    public uint LowerBound(ReadOnlySpan<byte> text, out bool isEqual)
    {
        isEqual = false;
        uint restart = LastRestartNotAbove(text);
        var reader = new SymbolReader(this);
        uint end = (uint)Math.Min(Count, ((long)restart + 1) * RestartInterval);
        for (uint symbol = restart * RestartInterval; symbol < end; symbol++)
        {
            int order = reader.Read(symbol).SequenceCompareTo(text);
            if (order >= 0)
            {
                isEqual = order == 0;
                return symbol;
            }
        }

        return end;
    }

    private static long RestartsOf(uint count, uint interval) => ((long)count + interval - 1) / interval;

    // The first symbol of a restart is stored whole, so it is compared where it lies.
    private uint LastRestartNotAbove(ReadOnlySpan<byte> text)
    {
        uint low = 0;
        uint high = (uint)RestartsOf((uint)Count, RestartInterval);
        while (high - low > 1 && high > 0)
        {
            uint middle = low + ((high - low) / 2);
            SectionCursor cursor = CursorAtRestart(middle);
            cursor.Require(cursor.ReadByte() == 0, "a restart shares bytes with the symbol before");
            if (cursor.ReadBytes(cursor.ReadCount(cursor.Remaining)).SequenceCompareTo(text) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

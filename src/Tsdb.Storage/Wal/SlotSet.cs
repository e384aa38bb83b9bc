using System.Numerics;

namespace Tsdb.Storage.Wal;

/// <summary>A set of slots, as bits in pages; slots may be anywhere in 32 bits but lie near each other. Not thread-safe.</summary>
internal sealed class SlotSet
{
    private const int PageBits = 15;
    private const int WordBits = 6;

    private readonly Dictionary<uint, ulong[]> _pages = [];
    private ulong[] _lastPage = [];
    private uint _lastPageNumber = uint.MaxValue; // no slot has this page

    /// <summary>How many slots are in the set.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a slot; does nothing when it is in the set.</summary>
    public void Add(uint slot)
    {
        if (!TryFindPage(slot >> PageBits))
        {
            _lastPage = new ulong[1 << (PageBits - WordBits)];
            _lastPageNumber = slot >> PageBits;
            _pages.Add(_lastPageNumber, _lastPage);
        }

        ref ulong word = ref _lastPage[WordOf(slot)];
        ulong bit = 1UL << (int)slot;
        Count += BitOperations.PopCount(~word & bit);
        word |= bit;
    }

    /// <summary>Says whether a slot is in the set.</summary>
    public bool Contains(uint slot) => TryFindPage(slot >> PageBits) && (_lastPage[WordOf(slot)] & (1UL << (int)slot)) != 0;

    private static int WordOf(uint slot) => (int)(slot & ((1u << PageBits) - 1)) >> WordBits;

    private bool TryFindPage(uint number)
    {
        if (number == _lastPageNumber)
        {
            return true;
        }

        if (!_pages.TryGetValue(number, out ulong[]? page))
        {
            return false;
        }

        _lastPage = page;
        _lastPageNumber = number;
        return true;
    }
}

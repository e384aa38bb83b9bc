namespace Tsdb.Storage.Memtable;

/// <summary>Steps through the slots that have samples, in ascending order; for <c>foreach</c>.</summary>
/// <remarks>Needs no lock; slots that appear meanwhile may be passed over. The memtable is held for the length of the walk.</remarks>
internal unsafe struct SlotWalk(SkipList list)
{
    private uint _node; // the first of the current slot

    /// <summary>The slot stepped to.</summary>
    public readonly uint Current => list.At(_node)->Series;

    /// <summary>Steps to the next slot; false when there is none.</summary>
    public bool MoveNext()
    {
        uint next = list.After(_node);
        while (next != 0 && _node != 0 && list.At(next)->Series == Current)
        {
            next = list.After(next);
        }

        _node = next;
        return next != 0;
    }

    /// <summary>The walk itself.</summary>
    public readonly SlotWalk GetEnumerator() => this;
}

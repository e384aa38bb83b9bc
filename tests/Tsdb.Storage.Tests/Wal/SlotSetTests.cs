using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Tests.Wal;

[TestFixture]
internal sealed class SlotSetTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Contains_AnySlots_AgreesWithAHashSet(uint[] added, uint[] asked)
    {
        var set = new SlotSet();
        Array.ForEach(added, set.Add);
        var expected = added.ToHashSet();
        return set.Count == expected.Count && added.All(set.Contains) && asked.All(slot => set.Contains(slot) == expected.Contains(slot));
    }

    [Test]
    public void Contains_FirstAndLastSlot_AreApart()
    {
        var set = new SlotSet();
        Assert.That((set.Contains(0), set.Contains(uint.MaxValue)), Is.EqualTo((false, false)));
        set.Add(uint.MaxValue);
        Assert.That((set.Contains(0), set.Contains(uint.MaxValue)), Is.EqualTo((false, true)));
    }
}

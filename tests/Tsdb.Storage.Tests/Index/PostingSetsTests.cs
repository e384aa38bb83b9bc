using Tsdb.Storage.Index;

namespace Tsdb.Storage.Tests.Index;

public sealed class PostingSetsTests
{
    // The spread makes one list much longer than the other in a part of the cases, so that galloping is tried too.
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Intersect_AnyLists_KeepsCommonNumbers(ushort[] left, ushort[] right, byte spread)
    {
        uint[] l = Spread(left, spread % 3 == 0 ? 40 : 1);
        uint[] r = Spread(right, spread % 3 == 1 ? 40 : 1);
        PostingBuffer target = BufferOf(l);

        PostingSets.Intersect(target, r);

        return target.Items.SequenceEqual(l.Intersect(r).Order().ToArray());
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Subtract_AnyLists_DropsTheOthersNumbers(ushort[] left, ushort[] right, byte spread)
    {
        uint[] l = Spread(left, spread % 3 == 0 ? 40 : 1);
        uint[] r = Spread(right, spread % 3 == 1 ? 40 : 1);
        PostingBuffer target = BufferOf(l);

        PostingSets.Subtract(target, r);

        return target.Items.SequenceEqual(l.Except(r).Order().ToArray());
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Union_AnyLists_HoldsBoth(ushort[] left, ushort[] right)
    {
        uint[] l = Spread(left, 1);
        uint[] r = Spread(right, 1);
        PostingBuffer target = BufferOf(l);

        PostingSets.Union(target, r);

        return target.Items.SequenceEqual(l.Union(r).Order().ToArray());
    }

    [TestCase(10, 1u, TestName = "SortDistinct_FewNumbers_SortsAndDropsRepeats")]
    [TestCase(3000, 1u, TestName = "SortDistinct_ManyDenseNumbers_SortsAndDropsRepeats")]
    [TestCase(3000, 1000u, TestName = "SortDistinct_ManySparseNumbers_SortsAndDropsRepeats")]
    public void SortDistinct_Unsorted_SortsAndDropsRepeats(int count, uint gap)
    {
        var random = new Random(1);
        uint[] numbers = [uint.MaxValue, .. Enumerable.Range(0, count).Select(_ => uint.MaxValue - ((uint)random.Next(count) * gap))];
        PostingBuffer buffer = BufferOf(numbers);

        buffer.SortDistinct();

        Assert.That(buffer.Items.ToArray(), Is.EqualTo(numbers.Distinct().Order()));
    }

    private static uint[] Spread(ushort[] numbers, int copies) =>
        [.. numbers.SelectMany(n => Enumerable.Range(0, copies).Select(copy => (uint)((n % 64) + (copy * 50)))).Distinct().Order()];

    private static PostingBuffer BufferOf(uint[] numbers)
    {
        var buffer = new PostingBuffer();
        buffer.AddRange(numbers);
        return buffer;
    }
}

using Tsdb.Query.Operators;

namespace Tsdb.Query.Tests.Operators;

public sealed class PresenceBitmapTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool SetOperations_AnySteps_AgreeWithSets(bool[] left, bool[] right)
    {
        int steps = Math.Min(left.Length, right.Length);

        return Agrees(left, right, steps, static (bitmap, other) => bitmap.IntersectWith(other), static (l, r) => l && r)
            && Agrees(left, right, steps, static (bitmap, other) => bitmap.UnionWith(other), static (l, r) => l || r)
            && Agrees(left, right, steps, static (bitmap, other) => bitmap.ExceptWith(other), static (l, r) => l && !r)
            && Of(left, steps).Overlaps(Of(right, steps)) == Enumerable.Range(0, steps).Any(i => left[i] && right[i]);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool NextSet_AnySteps_WalksThemInOrder(bool[] present)
    {
        PresenceBitmap bitmap = Of(present, present.Length);
        var walked = new List<int>();
        for (int step = bitmap.NextSet(0); step >= 0; step = bitmap.NextSet(step + 1))
        {
            walked.Add(step);
        }

        return walked.SequenceEqual(Enumerable.Range(0, present.Length).Where(i => present[i]))
            && bitmap.CountSet() == walked.Count
            && bitmap.IsEmpty == (walked.Count == 0);
    }

    [Test]
    public void Fill_AnyNumberOfSteps_SetsThemAndNoOthers([Values(1, 63, 64, 65, 128, 200)] int steps)
    {
        var bitmap = new PresenceBitmap(new ulong[PresenceBitmap.WordCount(steps)], steps);
        bitmap.Fill();

        Assert.That(bitmap.CountSet(), Is.EqualTo(steps));
        bitmap.Unset(steps - 1);
        Assert.That(bitmap.CountSet(), Is.EqualTo(steps - 1));
        Assert.That(bitmap.NextSet(steps - 1), Is.EqualTo(-1));
    }

    private delegate void Change(PresenceBitmap bitmap, PresenceBitmap other);

    private static bool Agrees(bool[] left, bool[] right, int steps, Change change, Func<bool, bool, bool> expected)
    {
        PresenceBitmap bitmap = Of(left, steps);
        change(bitmap, Of(right, steps));
        for (int i = 0; i < steps; i++)
        {
            if (bitmap[i] != expected(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static PresenceBitmap Of(bool[] present, int steps)
    {
        var bitmap = new PresenceBitmap(new ulong[PresenceBitmap.WordCount(steps)], steps);
        for (int i = 0; i < steps; i++)
        {
            if (present[i])
            {
                bitmap.Set(i);
            }
        }

        return bitmap;
    }
}

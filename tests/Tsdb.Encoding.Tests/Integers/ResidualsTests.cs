using Tsdb.Encoding.Integers;

namespace Tsdb.Encoding.Tests.Integers;

public sealed class ResidualsTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Restore_TakenResiduals_ReturnsTheIntegers(long[] integers, long centre, byte anyTransform)
    {
        if (integers.Length == 0)
        {
            return true;
        }

        var transform = (Transform)(anyTransform % 4);
        long[] column = new long[integers.Length];
        Residuals.Take(transform, centre, integers, column);
        Residuals.Restore(transform, centre, integers[0], centre, column);
        return column.SequenceEqual(integers);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool SmallDeltas_AnySmallClasses_AddUpAsOneByOne(byte[] noise, long centre, long start)
    {
        byte[] classes = [.. noise.Select(b => (byte)(b & 15))];
        long[] together = new long[classes.Length];
        SmallDeltas.Restore(classes, centre, start, together);
        long current = start;
        return together.Zip(classes).All(pair => pair.First == (current += centre + pair.Second - 8));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool CommonDivisor_AnyMultiples_AreDividedByAllOfIt(int[] steps, byte anyDivisor)
    {
        long divisor = 1 + anyDivisor;
        long[] integers = [17, .. steps.Select(step => 17 + (step * divisor)), 17 + divisor];
        long found = CommonDivisor.Of(integers);
        long[] quotients = [.. integers];
        CommonDivisor.Divide(quotients, found);
        return found == divisor && quotients.Zip(integers).All(pair => (pair.First * divisor) + 17 == pair.Second);
    }

    [TestCase(new long[] { 5, 5, 5 }, 1)]
    [TestCase(new[] { 0, long.MinValue }, 1)]
    [TestCase(new[] { 0, 1L << 62, 0 }, 1L << 62)]
    public void CommonDivisor_Edges_StayPositive(long[] integers, long expected) => Assert.That(CommonDivisor.Of(integers), Is.EqualTo(expected));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool ResidualFrame_AnyResiduals_ReturnAsTheyWere(long[] some, byte shift, byte outlier)
    {
        long[] residuals = [.. some.Take(ResidualFrame.Length).Select((r, i) => i % (1 + outlier) == 3 ? r : r >> (shift % 64))];
        byte[] bytes = new byte[2000];
        int length = ResidualFrame.Write(residuals, bytes);
        long[] decoded = new long[residuals.Length];
        int position = 0;
        return ResidualFrame.TryRead(bytes.AsSpan(0, length), ref position, decoded) && position == length && decoded.SequenceEqual(residuals);
    }
}

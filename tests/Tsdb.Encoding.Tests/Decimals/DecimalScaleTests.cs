using Tsdb.Encoding.Decimals;
using Tsdb.Encoding.Tests.Columns;

namespace Tsdb.Encoding.Tests.Decimals;

public sealed class DecimalScaleTests
{
    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(AnyColumns)])]
    public bool ToIntegers_AnyValues_AreTheSameOneByOne(ValueColumn column, byte anyExponent)
    {
        int exponent = anyExponent % (DecimalScale.MaxExponent + 1);
        long[] together = new long[column.Values.Length];
        int missing = DecimalScale.ToIntegers(column.Values, exponent, together);
        long[] apart = new long[column.Values.Length];
        int missingApart = 0;
        for (int i = 0; i < apart.Length; i++)
        {
            missingApart += DecimalScale.ToIntegers(column.Values.AsSpan(i, 1), exponent, apart.AsSpan(i, 1)); // too few for a vector
        }

        return missing == missingApart && together.SequenceEqual(apart);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool ToValues_AnyIntegers_AreTheSameOneByOne(long[] integers, byte exponent, long first, short divisor)
    {
        exponent &= 15;
        double[] together = new double[integers.Length];
        DecimalScale.ToValues(integers, first, divisor, exponent, together);
        double[] apart = new double[integers.Length];
        for (int i = 0; i < apart.Length; i++)
        {
            DecimalScale.ToValues(integers.AsSpan(i, 1), first, divisor, exponent, apart.AsSpan(i, 1));
        }

        return Encoded.Bits(together).SequenceEqual(Encoded.Bits(apart));
    }

    [TestCase(-0.0, 0)]
    [TestCase(double.NaN, 0)]
    [TestCase(double.PositiveInfinity, 3)]
    [TestCase(9007199254740992.0, 0)]
    [TestCase(-9223372036854775808.0, 0)]
    [TestCase(0.15, 1)]
    [TestCase(0.30000000000000004, 14)]
    public void ToIntegers_ValueThatWouldNotComeBack_HasNone(double value, int exponent)
    {
        double[] values = [.. Enumerable.Repeat(value, 9)];
        long[] integers = new long[9];

        Assert.That(DecimalScale.ToIntegers(values, exponent, integers), Is.EqualTo(9));
        Assert.That(integers, Is.All.EqualTo(DecimalScale.NoInteger));
    }

    [TestCase(0.15, 2, 15)]
    [TestCase(-273.15, 2, -27315)]
    [TestCase(9007199254740991.0, 0, 9007199254740991)]
    [TestCase(1e-14, 14, 1)]
    public void ToIntegers_Decimal_HasItsDigits(double value, int exponent, long expected)
    {
        long[] integers = new long[1];

        Assert.That(DecimalScale.ToIntegers([value], exponent, integers), Is.Zero);
        Assert.That(integers[0], Is.EqualTo(expected));
    }
}

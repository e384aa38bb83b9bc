using System.Globalization;
using System.Text;
using Tsdb.Query.Results;

namespace Tsdb.Query.Tests.Results;

public sealed class PrometheusNumberTests
{
    [TestCase(0.0, "0")]
    [TestCase(-0.0, "-0")]
    [TestCase(1.0, "1")]
    [TestCase(-42.0, "-42")]
    [TestCase(0.1, "0.1")]
    [TestCase(-2.5, "-2.5")]
    [TestCase(0.000001, "0.000001")]
    [TestCase(0.00000123, "0.00000123")]
    [TestCase(1e-7, "1e-07")]
    [TestCase(-1.5e-9, "-1.5e-09")]
    [TestCase(5e-324, "5e-324")]
    [TestCase(9007199254740991.0, "9007199254740991")]
    [TestCase(9007199254740992.0, "9007199254740992")]
    [TestCase(1e20, "100000000000000000000")]
    [TestCase(123456789012345680000.0, "123456789012345680000")]
    [TestCase(1e21, "1e+21")]
    [TestCase(1e23, "1e+23")]
    [TestCase(-1.2345e22, "-1.2345e+22")]
    [TestCase(double.MaxValue, "1.7976931348623157e+308")]
    [TestCase(0.30000000000000004, "0.30000000000000004")]
    [TestCase(1234567.891, "1234567.891")]
    [TestCase(3.141592653589793, "3.141592653589793")]
    [TestCase(100000000000000.02, "100000000000000.02")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "+Inf")]
    [TestCase(double.NegativeInfinity, "-Inf")]
    public void ToText_KnownValues_IsWhatPrometheusPrints(double value, string text) =>
        Assert.That(PrometheusNumber.ToText(value), Is.EqualTo(text));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool ToText_AnyBits_ReadsBackAsTheSameBits(ulong bits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);

        return !double.IsFinite(value) || ReadsBackShortest(value);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool ToText_ShortDecimals_ReadBackAsTheSameBits(int digits, byte scale) => ReadsBackShortest(digits / Math.Pow(10, scale % 12));

    [Test]
    public void TryFormat_DestinationTooShort_IsRefused([Values(12.0, 12.5, -0.0, 1e-7, 0.1234567890123, double.NaN)] double value)
    {
        int length = PrometheusNumber.ToText(value).Length;
        byte[] destination = new byte[length];

        Assert.That(PrometheusNumber.TryFormat(value, destination, out int written), Is.True);
        Assert.That(written, Is.EqualTo(length));
        for (int shorter = 0; shorter < length; shorter++)
        {
            Assert.That(PrometheusNumber.TryFormat(value, destination.AsSpan(0, shorter), out written), Is.False);
            Assert.That(written, Is.Zero);
        }
    }

    // As many significant digits as the runtime's own shortest text, and the same value.
    private static bool ReadsBackShortest(double value)
    {
        string text = PrometheusNumber.ToText(value);
        double back = double.Parse(text, CultureInfo.InvariantCulture);
        return BitConverter.DoubleToInt64Bits(back) == BitConverter.DoubleToInt64Bits(value)
            && Digits(text) == Digits(value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Digits(string text)
    {
        var digits = new StringBuilder();
        foreach (char character in text.TakeWhile(static character => character is not ('e' or 'E')))
        {
            if (char.IsAsciiDigit(character))
            {
                digits.Append(character);
            }
        }

        return digits.ToString().Trim('0');
    }
}

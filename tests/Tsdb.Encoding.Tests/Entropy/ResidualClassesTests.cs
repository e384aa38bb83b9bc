using FsCheck;
using Tsdb.Encoding.Bits;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Tests.Entropy;

public sealed class ResidualClassesTests
{
    [TestCase(0, 8)]
    [TestCase(-8, 0)]
    [TestCase(7, 15)]
    [TestCase(8, 16)]
    [TestCase(-9, 16)]
    [TestCase(12, 17)]
    [TestCase(2047, 31)]
    [TestCase(2048, 32)]
    [TestCase(long.MaxValue, 83)]
    [TestCase(long.MinValue, 83)]
    public void Of_Edges_AreTheDocumentedClasses(long residual, int expected) => Assert.That(ResidualClasses.Of(residual), Is.EqualTo(expected));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Of_AnyInteger_IsWithinItsClass(long integer, NonNegativeInt shift)
    {
        long residual = integer >> (shift.Get % 64);
        int residualClass = ResidualClasses.Of(residual);
        ulong above = ZigZag.Encode(residual) - ResidualClasses.Bases[residualClass];
        return above >> ResidualClasses.RawBits[residualClass] == 0;
    }
}

using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Tests.Bits;

public sealed class ZigZagTests
{
    [TestCase(0, 0ul)]
    [TestCase(-1, 1ul)]
    [TestCase(1, 2ul)]
    [TestCase(-2, 3ul)]
    [TestCase(long.MaxValue, ulong.MaxValue - 1)]
    [TestCase(long.MinValue, ulong.MaxValue)]
    public void Encode_AnyInteger_InterleavesTheSigns(long value, ulong folded)
    {
        Assert.That(ZigZag.Encode(value), Is.EqualTo(folded));
        Assert.That(ZigZag.Decode(folded), Is.EqualTo(value));
    }
}

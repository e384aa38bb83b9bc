using Tsdb.Storage.Blocks;

namespace Tsdb.Storage.Tests.Blocks;

public sealed class BlockIdTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool TryParse_Text_GivesTheSameId(ulong high, ulong low)
    {
        var id = new BlockId(new UInt128(high, low));
        return BlockId.TryParse(id.ToString(), out BlockId parsed) && parsed == id;
    }

    [Test]
    public void New_LaterClock_SortsAfter()
    {
        var random = new Random(1);
        BlockId earlier = BlockId.New(new FixedTime(1_700_000_000_000), random);
        BlockId later = BlockId.New(new FixedTime(1_700_000_000_001), random);
        Assert.That(earlier, Is.LessThan(later));
        Assert.That(string.CompareOrdinal(earlier.ToString(), later.ToString()), Is.Negative);
        Assert.That(earlier.ToString(), Does.StartWith("01HF7YAT00")); // the milliseconds, in base 32
    }

    [TestCase("")]
    [TestCase("01HF7YAT00ABCDEFGHJKMNPQR")]
    [TestCase("01HF7YAT00ABCDEFGHJKMNPQRSS")]
    [TestCase("01HF7YAT00ABCDEFGHIKMNPQRS")]
    [TestCase("01hf7yat00abcdefghjkmnpqrs")]
    [TestCase("81HF7YAT00ABCDEFGHJKMNPQRS")]
    public void TryParse_NoUlid_IsFalse(string text) => Assert.That(BlockId.TryParse(text, out _), Is.False);

    private sealed class FixedTime(long milliseconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}

using Tsdb.Model.Collections;

namespace Tsdb.Model.Tests.Collections;

[TestFixture]
internal sealed class HashIndexTests
{
    private const int Numbers = 100_000;

    /// <summary>Ways to spread numbers over hashes: well mixed, few hashes, all alike in the upper bits, all alike in the lower bits.</summary>
    private static readonly Func<uint, uint>[] Spreads =
    [
        number => number * 0x9E37_79B1,
        number => number % 997,
        number => number,
        number => number << 15,
    ];

    [TestCaseSource(nameof(Spreads))]
    public void Find_ManyNumbers_YieldsAllOfTheHashAndNoOther(Func<uint, uint> hashOf)
    {
        var index = new HashIndex();
        var expected = new Dictionary<uint, List<uint>>();
        for (uint number = 0; number < Numbers; number++)
        {
            uint hash = hashOf(number);
            index.Add(hash, number);
            if (!expected.TryGetValue(hash, out List<uint>? numbers))
            {
                expected.Add(hash, numbers = []);
            }

            numbers.Add(number);
        }

        foreach ((uint hash, List<uint> numbers) in expected)
        {
            Assert.That(Found(index, hash), Is.EquivalentTo(numbers));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Find_AnyHashes_YieldsWhatWasAdded(uint[] hashes)
    {
        var index = new HashIndex();
        for (int i = 0; i < hashes.Length; i++)
        {
            index.Add(hashes[i], (uint)i);
        }

        return hashes.Select((hash, number) => Found(index, hash).Contains((uint)number)).All(found => found);
    }

    [Test]
    public void Find_UnknownHash_YieldsNothing()
    {
        var index = new HashIndex();
        index.Add(1, 1);
        Assert.That(Found(index, 2), Is.Empty);
    }

    [Test]
    public void SizeBytes_ManyNumbers_IsAtMostTwentyFourBytesEach()
    {
        var index = new HashIndex();
        for (uint number = 0; number < Numbers; number++)
        {
            index.Add(number * 0x9E37_79B1, number);
        }

        Assert.That(index.SizeBytes, Is.InRange(Numbers * 8L, Numbers * 24L));
    }

    [Test]
    public void Find_WhileAnotherThreadAdds_YieldsEveryNumberPublishedBefore()
    {
        var index = new HashIndex();
        uint published = 0;
        var writer = new Thread(() =>
        {
            for (uint number = 0; number < Numbers; number++)
            {
                index.Add(number * 0x9E37_79B1, number);
                Volatile.Write(ref published, number + 1);
            }
        });
        writer.Start();
        uint seen = 0;
        while (seen < Numbers)
        {
            seen = Volatile.Read(ref published);
            uint number = seen == 0 ? 0 : seen - 1;
            Assert.That(seen == 0 || Found(index, number * 0x9E37_79B1).Contains(number), Is.True);
        }

        writer.Join();
    }

    private static List<uint> Found(HashIndex index, uint hash)
    {
        var found = new List<uint>();
        HashIndex.Candidates candidates = index.Find(hash);
        while (candidates.TryNext(out uint number))
        {
            found.Add(number);
        }

        return found;
    }
}

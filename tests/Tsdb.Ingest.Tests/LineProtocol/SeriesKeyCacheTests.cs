using System.Text;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Placement;

namespace Tsdb.Ingest.Tests.LineProtocol;

public sealed class SeriesKeyCacheTests
{
    private static readonly FieldTemplate OneField = new("v="u8, [2]);

    [Test]
    public void TryFind_ManyPrefixes_FindsEachWithItsHandles()
    {
        var cache = new SeriesKeyCache(64 << 20);
        for (uint i = 0; i < 20_000; i++)
        {
            cache.AddGroup(Prefix(i), CacheScope.None, OneField, [Handle(i)]);
        }

        for (uint i = 0; i < 20_000; i++)
        {
            if (!cache.TryFind(Prefix(i), CacheScope.None, out SeriesGroup group) || group.Handles[0] != Handle(i))
            {
                Assert.Fail($"prefix {i} is not found with its handle");
            }
        }

        Assert.That(cache.TryFind(Prefix(20_000), CacheScope.None, out _), Is.False);
    }

    [Test]
    public void TryFind_OtherScope_IsAnotherSeries()
    {
        var cache = new SeriesKeyCache(1 << 20);
        cache.AddGroup("m"u8, CacheScope.Of("a"), OneField, [Handle(1)]);

        Assert.That(cache.TryFind("m"u8, CacheScope.None, out _), Is.False);
        Assert.That(cache.TryFind("m"u8, CacheScope.Of("b"), out _), Is.False);
        Assert.That(cache.TryFind("m"u8, CacheScope.Of("a"), out _), Is.True);
    }

    [Test]
    public void Age_UsedPrefix_StaysAndIdleOneGoes()
    {
        var cache = new SeriesKeyCache(1 << 20);
        cache.AddGroup("used"u8, CacheScope.None, OneField, [Handle(1)]);
        cache.AddGroup("idle"u8, CacheScope.None, OneField, [Handle(2)]);
        cache.TryFind("used"u8, CacheScope.None, out SeriesGroup before);
        ulong id = before.Id;
        cache.AddField(id, "loose"u8, Handle(3));

        for (int i = 0; i < 3; i++)
        {
            cache.Age();
            Assert.That(cache.TryFind("used"u8, CacheScope.None, out SeriesGroup used), Is.True);
            Assert.That(used.Id, Is.EqualTo(id), "fields outside the template are found by it");
            Assert.That(used.Handles[0], Is.EqualTo(Handle(1)));
            Assert.That(cache.TryFindField(id, "loose"u8, out SeriesHandle loose), Is.True);
            Assert.That(loose, Is.EqualTo(Handle(3)));
        }

        Assert.That(cache.TryFind("idle"u8, CacheScope.None, out _), Is.False);
    }

    [Test]
    public void AddGroup_MoreThanFit_StaysWithinTheLimit()
    {
        var cache = new SeriesKeyCache(1 << 20);
        long largest = 0;
        for (uint i = 0; i < 50_000; i++)
        {
            cache.AddGroup(Prefix(i), CacheScope.None, OneField, [Handle(i)]);
            largest = Math.Max(largest, cache.SizeBytes);
        }

        Assert.That(largest, Is.LessThan(2 << 20), "a page or a doubled slot array may go beyond");
        Assert.That(cache.TryFind(Prefix(49_999), CacheScope.None, out _), Is.True);
    }

    [Test]
    public void AddGroup_TooLongOrTooWide_IsLeftOutOrLoose()
    {
        var cache = new SeriesKeyCache(16 << 20);
        cache.AddGroup(new byte[200_000], CacheScope.None, OneField, [Handle(1)]);
        Assert.That(cache.TryFind(new byte[200_000], CacheScope.None, out _), Is.False);

        byte[] keys = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"f{i:0000}=")));
        var wide = new FieldTemplate(keys, [.. Enumerable.Range(1, 2000).Select(i => i * 6)]);
        cache.AddGroup("wide"u8, CacheScope.None, wide, new SeriesHandle[2000]);
        Assert.That(cache.TryFind("wide"u8, CacheScope.None, out SeriesGroup group), Is.True);
        Assert.That(group.Handles.Length, Is.Zero);
    }

    [Test]
    public void TryFind_WhileOthersAdd_NeverGivesAWrongHandle()
    {
        var cache = new SeriesKeyCache(2 << 20); // small: generations change all the time
        Parallel.For(0, 4, worker =>
        {
            var random = new Random(worker);
            for (int i = 0; i < 40_000; i++)
            {
                uint key = (uint)random.Next(10_000);
                if (!cache.TryFind(Prefix(key), CacheScope.None, out SeriesGroup group))
                {
                    cache.AddGroup(Prefix(key), CacheScope.None, OneField, [Handle(key)]);
                }
                else if (group.Handles[0] != Handle(key) || !group.Template.KeyAt(0).SequenceEqual("v="u8))
                {
                    throw new InvalidOperationException($"key {key} gave {group.Handles[0]}");
                }
            }
        });
    }

    [Test]
    public void Write_FieldsInAnyOrderAndNumber_FindTheirOwnSeries()
    {
        using var fixture = new WriterFixture();
        var random = new Random(1);
        for (int line = 0; line < 2000; line++)
        {
            string[] fields = [.. Enumerable.Range(0, 40).Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next(4)).Select(f => $"f{f}={f}")];
            if (fields.Length > 0)
            {
                fixture.Write($"m,host=h{random.Next(5)} {string.Join(',', fields)} {line}");
            }
        }

        Assert.That(fixture.Appender.Samples.Where(s => !IsOwn(s)), Is.Empty);
        Assert.That(fixture.Appender.ResolveCount, Is.LessThanOrEqualTo(400), "once in its line's order and once out of it");

        // m_f12{host="h1"} 12@345
        static bool IsOwn(string sample) => sample[3..sample.IndexOf('{')] == sample[(sample.IndexOf(' ') + 1)..sample.IndexOf('@')];
    }

    private static byte[] Prefix(uint i) => Encoding.UTF8.GetBytes($"m,host=host_{i},region=eu");

    private static SeriesHandle Handle(uint i) => new((ushort)(i % 7), new SeriesRef(i));
}

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
        var cache = new SeriesKeyCache(new FakeAppender(), 64 << 20);
        for (uint i = 0; i < 20_000; i++)
        {
            cache.AddGroup(Prefix(i), CacheScope.None, OneField, [Handle(i)]);
        }

        for (uint i = 0; i < 20_000; i++)
        {
            if (!Find(cache, Prefix(i), CacheScope.None, out SeriesGroup group) || group.Handles[0] != Handle(i))
            {
                Assert.Fail($"prefix {i} is not found with its handle");
            }
        }

        Assert.That(Find(cache, Prefix(20_000), CacheScope.None, out _), Is.False);
    }

    [Test]
    public void TryFind_OtherScope_IsAnotherSeries()
    {
        var cache = new SeriesKeyCache(new FakeAppender(), 1 << 20);
        cache.AddGroup("m"u8, CacheScope.Of("a"), OneField, [Handle(1)]);

        Assert.That(Find(cache, "m"u8, CacheScope.None, out _), Is.False);
        Assert.That(Find(cache, "m"u8, CacheScope.Of("b"), out _), Is.False);
        Assert.That(Find(cache, "m"u8, CacheScope.Of("a"), out _), Is.True);
    }

    [Test]
    public void TryFindNext_OrderOfAddition_FindsAllButTheFirst()
    {
        const uint Count = 20_000; // several pages
        var cache = new SeriesKeyCache(new FakeAppender(), 64 << 20);
        CacheScope scope = CacheScope.Of("a");
        for (uint i = 0; i < Count; i++)
        {
            cache.AddGroup(Prefix(i), scope, OneField, [Handle(i)]);
        }

        CacheCursor cursor = default;
        Assert.That(cache.TryFind(Prefix(0), scope, ref cursor, out _), Is.True);
        for (uint i = 1; i < Count; i++)
        {
            byte[] line = [.. Prefix(i), .. " v=1"u8];
            if (!cache.TryFindNext(line, scope, ref cursor, out int length, out SeriesGroup group)
                || length != Prefix(i).Length || group.Handles[0] != Handle(i))
            {
                Assert.Fail($"prefix {i} is not found after the one before it");
            }
        }

        Assert.That(cache.TryFindNext("m v=1"u8, scope, ref cursor, out _, out _), Is.False, "nothing follows the last");
    }

    [TestCase("m,a=b v=1", true)]
    [TestCase("m,a=b\\ c v=1", false)]
    [TestCase("m,a=bc v=1", false)]
    [TestCase("m,a=b", false)]
    [TestCase("m,a= v=1", false)]
    public void TryFindNext_Text_MustBeginWithThePrefixAndASpace(string text, bool isFound)
    {
        var cache = new SeriesKeyCache(new FakeAppender(), 1 << 20);
        cache.AddGroup("first"u8, CacheScope.None, OneField, [Handle(1)]);
        cache.AddGroup("m,a=b"u8, CacheScope.None, OneField, [Handle(2)]);
        CacheCursor cursor = default;
        cache.TryFind("first"u8, CacheScope.None, ref cursor, out _);

        Assert.That(cache.TryFindNext(Encoding.UTF8.GetBytes(text), CacheScope.None, ref cursor, out _, out _), Is.EqualTo(isFound));
        Assert.That(cache.TryFindNext(Encoding.UTF8.GetBytes(text), CacheScope.Of("x"), ref cursor, out _, out _), Is.False);
    }

    [Test]
    public void Follow_UsedPrefix_StaysAndIdleOneGoes()
    {
        var engine = new FakeAppender();
        var cache = new SeriesKeyCache(engine, 1 << 20);
        cache.AddGroup("used"u8, CacheScope.None, OneField, [Handle(1)]);
        cache.AddGroup("idle"u8, CacheScope.None, OneField, [Handle(2)]);
        Find(cache, "used"u8, CacheScope.None, out SeriesGroup before);
        ulong id = before.Id;
        cache.AddField(id, "loose"u8, Handle(3));

        for (int i = 0; i < 3; i++)
        {
            engine.Forgettings++;
            cache.Follow();
            Assert.That(Find(cache, "used"u8, CacheScope.None, out SeriesGroup used), Is.True);
            Assert.That(used.Id, Is.EqualTo(id), "fields outside the template are found by it");
            Assert.That(used.Handles[0], Is.EqualTo(Handle(1)));
            Assert.That(cache.TryFindField(id, "loose"u8, out SeriesHandle loose), Is.True);
            Assert.That(loose, Is.EqualTo(Handle(3)));
        }

        Assert.That(Find(cache, "idle"u8, CacheScope.None, out _), Is.False);
    }

    [Test]
    public void Follow_SeriesThatLeftTheEngine_AreForgottenWithTheirGroup()
    {
        var engine = new FakeAppender();
        var cache = new SeriesKeyCache(engine, 1 << 20);
        cache.AddGroup("kept"u8, CacheScope.None, OneField, [Handle(1)]);
        cache.AddGroup("left"u8, CacheScope.None, OneField, [Handle(2)]);
        Find(cache, "kept"u8, CacheScope.None, out SeriesGroup kept);
        cache.AddField(kept.Id, "loose"u8, Handle(3));
        engine.Forgotten.UnionWith([Handle(2), Handle(3)]);
        engine.Forgettings++;

        cache.Follow();

        Assert.That(Find(cache, "kept"u8, CacheScope.None, out _), Is.True);
        Assert.That(Find(cache, "left"u8, CacheScope.None, out SeriesGroup left), Is.False);
        Assert.That(left.Id, Is.Zero);
        Assert.That(cache.TryFindField(kept.Id, "loose"u8, out _), Is.False);
    }

    [Test]
    public void Follow_TwoStepsAtOnce_ForgetsEverything()
    {
        var engine = new FakeAppender();
        var cache = new SeriesKeyCache(engine, 1 << 20);
        cache.AddGroup("used"u8, CacheScope.None, OneField, [Handle(1)]);
        engine.Forgettings += 2;

        cache.Follow();

        Assert.That(Find(cache, "used"u8, CacheScope.None, out _), Is.False);
    }

    [Test]
    public void AddGroup_MoreThanFit_StaysWithinTheLimit()
    {
        var cache = new SeriesKeyCache(new FakeAppender(), 1 << 20);
        long largest = 0;
        for (uint i = 0; i < 50_000; i++)
        {
            cache.AddGroup(Prefix(i), CacheScope.None, OneField, [Handle(i)]);
            largest = Math.Max(largest, cache.SizeBytes);
        }

        Assert.That(largest, Is.LessThan(2 << 20), "a page or a doubled slot array may go beyond");
        Assert.That(Find(cache, Prefix(49_999), CacheScope.None, out _), Is.True);
    }

    [Test]
    public void AddGroup_TooLongOrTooWide_IsLeftOutOrLoose()
    {
        var cache = new SeriesKeyCache(new FakeAppender(), 16 << 20);
        cache.AddGroup(new byte[200_000], CacheScope.None, OneField, [Handle(1)]);
        Assert.That(Find(cache, new byte[200_000], CacheScope.None, out _), Is.False);

        byte[] keys = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"f{i:0000}=")));
        var wide = new FieldTemplate(keys, [.. Enumerable.Range(1, 2000).Select(i => i * 6)]);
        cache.AddGroup("wide"u8, CacheScope.None, wide, new SeriesHandle[2000]);
        Assert.That(Find(cache, "wide"u8, CacheScope.None, out SeriesGroup group), Is.True);
        Assert.That(group.Handles.Length, Is.Zero);
    }

    [Test]
    public void TryFind_WhileOthersAdd_NeverGivesAWrongHandle()
    {
        var cache = new SeriesKeyCache(new FakeAppender(), 2 << 20); // small: generations change all the time
        Parallel.For(0, 4, worker =>
        {
            var random = new Random(worker);
            for (int i = 0; i < 40_000; i++)
            {
                uint key = (uint)random.Next(10_000);
                if (!Find(cache, Prefix(key), CacheScope.None, out SeriesGroup group))
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

    private static bool Find(SeriesKeyCache cache, ReadOnlySpan<byte> prefix, CacheScope scope, out SeriesGroup group)
    {
        CacheCursor cursor = default;
        return cache.TryFind(prefix, scope, ref cursor, out group);
    }

    private static byte[] Prefix(uint i) => Encoding.UTF8.GetBytes($"m,host=host_{i},region=eu");

    private static SeriesHandle Handle(uint i) => new((ushort)(i % 7), new SeriesRef(i));
}

using System.Text;
using Tsdb.Ingest.SeriesKeys;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Placement;

namespace Tsdb.Ingest.Tests.SeriesKeys;

public sealed class SeriesHandleCacheTests
{
    private static readonly SeriesHandle One = new(1, new SeriesRef(1));
    private static readonly SeriesHandle Two = new(0, new SeriesRef(2));

    private FakeAppender _engine = null!;

    [SetUp]
    public void NewEngine() => _engine = new FakeAppender();

    [Test]
    public void TryFind_AddedKeys_GivesTheirHandles()
    {
        var cache = new SeriesHandleCache(_engine, 1 << 20);
        cache.Add("one"u8, One);
        cache.Add("two"u8, Two);
        Assert.That(Find(cache, "one"), Is.EqualTo(One));
        Assert.That(Find(cache, "two"), Is.EqualTo(Two));
        Assert.That(Find(cache, "tw"), Is.Null);
    }

    [Test]
    public void TryFindNext_KeysInTheOrderTheyWereAddedIn_FollowTheCursor()
    {
        var cache = new SeriesHandleCache(_engine, 1 << 20);
        cache.Add("one"u8, One);
        cache.Add("two"u8, Two);
        SeriesHandleCursor cursor = default;
        Assert.That(cache.TryFindNext("one."u8, (byte)'.', ref cursor, out _, out _), Is.False, "nothing is expected at first");
        cache.TryFind("one"u8, ref cursor, out _);

        Assert.That(cache.TryFindNext("two,"u8, (byte)'.', ref cursor, out _, out _), Is.False, "another byte follows");
        Assert.That(cache.TryFindNext("two.more"u8, (byte)'.', ref cursor, out int length, out SeriesHandle handle));
        Assert.That((length, handle), Is.EqualTo((3, Two)));
    }

    [Test]
    public void Follow_EngineForgets_UsedKeysStayAndIdleOnesGo()
    {
        var cache = new SeriesHandleCache(_engine, 1 << 20);
        cache.Add("one"u8, One);
        cache.Add("two"u8, Two);
        _engine.Forgettings++;
        cache.Follow();
        Assert.That(Find(cache, "one"), Is.EqualTo(One), "still in the old generation, and now in the young one");
        _engine.Forgettings++;
        cache.Follow();
        Assert.That(Find(cache, "one"), Is.EqualTo(One));
        Assert.That(Find(cache, "two"), Is.Null);
    }

    [Test]
    public void TryFind_SeriesThatLeftTheEngine_IsNotKnown()
    {
        var cache = new SeriesHandleCache(_engine, 1 << 20);
        cache.Add("one"u8, One);
        _engine.Forgettings++;
        _engine.Forgotten.Add(One);
        cache.Follow();
        Assert.That(Find(cache, "one"), Is.Null);
        cache.Add("one"u8, Two);
        Assert.That(Find(cache, "one"), Is.EqualTo(Two));
    }

    [Test]
    public void Follow_TwoStepsAtOnce_ForgetsEverything()
    {
        var cache = new SeriesHandleCache(_engine, 1 << 20);
        cache.Add("one"u8, One);
        _engine.Forgettings += 2;
        cache.Follow();
        Assert.That(Find(cache, "one"), Is.Null);
    }

    [Test]
    public void Add_MoreThanFits_StaysWithinItsMemory()
    {
        var cache = new SeriesHandleCache(_engine, 1 << 20);
        for (int i = 0; i < 100_000; i++)
        {
            cache.Add(Encoding.UTF8.GetBytes($"a key of some length, number {i}"), One);
        }

        Assert.That(cache.SizeBytes, Is.LessThan(2 << 20));
        Assert.That(Find(cache, "a key of some length, number 99999"), Is.EqualTo(One));
    }

    private static SeriesHandle? Find(SeriesHandleCache cache, string key)
    {
        SeriesHandleCursor cursor = default;
        return cache.TryFind(Encoding.UTF8.GetBytes(key), ref cursor, out SeriesHandle handle) ? handle : null;
    }
}

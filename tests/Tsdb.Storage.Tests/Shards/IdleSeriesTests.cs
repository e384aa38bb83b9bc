using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Storage.Index;
using Tsdb.Storage.Series;
using Tsdb.Storage.Shards;
using MatchType = Tsdb.Model.Matching.MatchType;

namespace Tsdb.Storage.Tests.Shards;

public sealed class IdleSeriesTests
{
    private readonly Lock _gate = new();
    private SlotMarks _marks = new();
    private IdleSeries _idle = null!;
    private volatile SeriesTable _table = new();

    [SetUp]
    public void SetUp()
    {
        _marks = new SlotMarks();
        _idle = new IdleSeries(_gate, _marks);
        _table = new SeriesTable();
    }

    [Test]
    public void Forget_SeriesNotUsedSince_LeaveAndTheOthersKeepTheirSlots()
    {
        uint[] slots = [.. Enumerable.Range(0, 100).Select(i => Use(LabelsOf(i)))];
        _marks.BeginGeneration();
        Use(LabelsOf(7));
        uint added = Use(LabelsOf(1000));

        int forgotten = _idle.Forget(_table, _marks.Generation, renewed => _table = renewed);

        Assert.That(forgotten, Is.EqualTo(99));
        Assert.That(_table.Count, Is.EqualTo(2));
        Assert.That(_table.TryFind(LabelsOf(7).Canonical, out uint kept), Is.True);
        Assert.That(kept, Is.EqualTo(slots[7]));
        Assert.That(_table.Contains(slots[8]), Is.False);
        Assert.That(_table.Contains(added), Is.True);
        Assert.That(Use(LabelsOf(8)), Is.EqualTo(added + 1), "numbers are not given out again");
    }

    [Test]
    public void Forget_FewIdle_KeepsTheTable()
    {
        for (int i = 0; i < 100; i++)
        {
            Use(LabelsOf(i));
        }

        _marks.BeginGeneration();
        for (int i = 5; i < 100; i++)
        {
            Use(LabelsOf(i));
        }

        SeriesTable before = _table;

        Assert.That(_idle.Forget(_table, _marks.Generation, renewed => _table = renewed), Is.Zero);
        Assert.That(_table, Is.SameAs(before));
    }

    [Test]
    public void Forget_UsedInTheGenerationBefore_Stay()
    {
        for (int i = 0; i < 100; i++)
        {
            Use(LabelsOf(i));
        }

        uint first = _marks.Generation;
        _marks.BeginGeneration();

        Assert.That(_idle.Forget(_table, first, renewed => _table = renewed), Is.Zero);
        Assert.That(_table.Count, Is.EqualTo(100));
    }

    [Test]
    public void Forget_AllIdle_LetsGoOfTheirMarks()
    {
        uint slot = Use(LabelsOf(0));
        uint first = _marks.Generation;
        _marks.BeginGeneration();

        _idle.Forget(_table, _marks.Generation, renewed => _table = renewed);

        Assert.That(_marks.IsIdle(slot, first), Is.True);
    }

    [Test]
    public void Forget_WhileSeriesAreAddedUsedAndRead_LosesNoneInUseAndMixesNone()
    {
        const int steady = 50;
        const int rounds = 200;
        var labelsOfSlot = new Dictionary<uint, LabelSet>();
        int roundsDone = 0;
        bool isDone = false;
        var readers = new Thread[2];
        Exception? trouble = null;
        for (int i = 0; i < readers.Length; i++)
        {
            readers[i] = new Thread(() => trouble ??= Try(() => ReadUntil(() => Volatile.Read(ref isDone), steady)));
        }

        UseAll(0, steady, labelsOfSlot);
        Array.ForEach(readers, reader => reader.Start());
        var writer = new Thread(() => trouble ??= Try(() =>
        {
            for (int round = 1; round <= rounds; round++)
            {
                UseAll(0, steady, labelsOfSlot);
                UseAll(round * 1000, (round * 1000) + 600, labelsOfSlot);
                Volatile.Write(ref roundsDone, round);
            }
        }));
        writer.Start();
        int lastRound = 0;
        while (writer.IsAlive)
        {
            if (Volatile.Read(ref roundsDone) < lastRound + 2)
            {
                Thread.Yield(); // a generation lasts a whole round, so that steady series are used in each
                continue;
            }

            uint generation;
            lock (_gate)
            {
                generation = _marks.Generation;
                _marks.BeginGeneration();
            }

            lastRound = Volatile.Read(ref roundsDone);

            _idle.Forget(_table, generation, renewed => _table = renewed);
        }

        writer.Join();
        Volatile.Write(ref isDone, true);
        Array.ForEach(readers, reader => reader.Join());
        Assert.That(trouble, Is.Null);
        Assert.That(_table.TryFind(LabelsOf((rounds * 1000) + 599).Canonical, out _), Is.True);
    }

    // Steady series are used all the time: each read finds each of them, once, and what a negative matcher refuses never.
    private void ReadUntil(Func<bool> isDone, int steady)
    {
        LabelMatcher[] matchers = [new LabelMatcher(MatchType.Equal, "a", "steady"), new LabelMatcher(MatchType.NotEqual, "z", "brief")];
        var found = new PostingBuffer();
        var labels = new ArrayBufferWriter<byte>();
        while (!isDone())
        {
            SeriesTable table = _table;
            SeriesSelector.Select(table, matchers, found);
            var names = new HashSet<LabelSet>();
            foreach (uint slot in found.Items)
            {
                labels.ResetWrittenCount();
                table.CopyLabels(slot, labels);
                names.Add(LabelSet.FromCanonical(labels.WrittenSpan));
            }

            Assert.That(names, Has.Count.EqualTo(steady));
            SeriesSelector.Select(table, [new LabelMatcher(MatchType.NotEqual, "z", "brief")], found);
            Assert.That(found.Count, Is.EqualTo(steady), "of a series being added, all labels are seen or none");
        }
    }

    private void UseAll(int from, int end, Dictionary<uint, LabelSet> labelsOfSlot)
    {
        for (int i = from; i < end; i++)
        {
            LabelSet labels = LabelsOf(i);
            uint slot = Use(labels);
            Assert.That(labelsOfSlot.TryAdd(slot, labels) || labelsOfSlot[slot] == labels, Is.True, "a slot means one series for ever");
        }
    }

    private uint Use(LabelSet labels)
    {
        lock (_gate)
        {
            uint slot = _table.GetOrAdd(labels.Canonical);
            _marks.Touch(slot);
            return slot;
        }
    }

    private static LabelSet LabelsOf(int i) => LabelSet.Of(("a", i < 1000 ? "steady" : "brief"), ("i", $"{i}"), ("z", i < 1000 ? "steady" : "brief"));

    private static Exception? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception trouble)
        {
            return trouble;
        }
    }
}

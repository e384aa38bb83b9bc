using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Storage.Index;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Tests.Series;

public sealed class SeriesTableTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool GetOrAdd_AnySets_AgreesWithADictionary(byte[][] seeds)
    {
        var table = new SeriesTable();
        var oracle = new Dictionary<LabelSet, uint>();
        foreach (byte[] seed in seeds)
        {
            LabelSet labels = SetOf(seed);
            bool wasKnown = table.TryFind(labels.Canonical, out uint found);
            uint slot = table.GetOrAdd(labels.Canonical);
            if (wasKnown != oracle.TryGetValue(labels, out uint expected) || (wasKnown && (found != expected || slot != expected)))
            {
                return false;
            }

            oracle[labels] = slot;
        }

        return table.Count == oracle.Count && oracle.Values.Distinct().Count() == oracle.Count && Agrees(table, oracle);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Restore_AnyOrderOfSlots_AgreesWithADictionary(byte[][] seeds, ushort[] slots, bool isCompleted)
    {
        var table = new SeriesTable();
        var oracle = new Dictionary<LabelSet, uint>();
        var used = new HashSet<uint>();
        foreach ((byte[] seed, ushort slot) in seeds.Zip(slots))
        {
            LabelSet labels = SetOf(seed);
            if (oracle.TryGetValue(labels, out uint known))
            {
                Assert.That(table.Restore(slot, labels.Canonical), Is.EqualTo(known));
            }
            else if (used.Add(slot))
            {
                Assert.That(table.Restore(slot, labels.Canonical), Is.EqualTo(slot));
                oracle[labels] = slot;
            }
        }

        if (isCompleted)
        {
            table.CompleteRestore();
        }

        return Agrees(table, oracle) && oracle.Values.All(slot => slot < table.NextSlot);
    }

    [Test]
    public void CompleteRestore_LongListsOutOfOrder_AscendAfterwardsAndStayAscending()
    {
        var table = new SeriesTable();
        for (uint i = 0; i < 3000; i++)
        {
            table.Restore((i * 7919) % 3000, LabelSet.Of(("i", $"{i}"), ("all", "1")).Canonical);
        }

        table.CompleteRestore();
        table.GetOrAdd(LabelSet.Of(("i", "new"), ("all", "1")).Canonical);

        var postings = new PostingBuffer();
        table.CopyPostings("all"u8, "1"u8, postings);
        Assert.That(postings.Items.ToArray(), Is.EqualTo(Enumerable.Range(0, 3001).Select(i => (uint)i)));
    }

    [Test]
    public void Restore_SlotOfAnotherSeries_Throws()
    {
        var table = new SeriesTable();
        table.Restore(7, LabelSet.Of(("a", "1")).Canonical);

        Assert.That(() => table.Restore(7, LabelSet.Of(("a", "2")).Canonical), Throws.ArgumentException);
        Assert.That(() => table.Restore(uint.MaxValue, LabelSet.Of(("a", "2")).Canonical), Throws.ArgumentException);
    }

    [Test]
    public void NextSlot_Lowered_Throws()
    {
        var table = new SeriesTable { NextSlot = 40 };

        Assert.That(table.GetOrAdd(LabelSet.Of(("a", "1")).Canonical), Is.EqualTo(40u));
        Assert.That(() => table.NextSlot = 40, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void GetOrAdd_TenThousandLabels_ReturnsTheSameBytes()
    {
        LabelSet labels = LabelSet.Of([.. Enumerable.Range(0, 10_000).Select(i => ($"name{i:D5}", new string((char)('a' + (i % 26)), i % 300 + 1)))]);
        var table = new SeriesTable();

        uint slot = table.GetOrAdd(labels.Canonical);

        Assert.That(LabelsOf(table, slot), Is.EqualTo(labels));
        Assert.That(table.TryFind(labels.Canonical, out uint found), Is.True);
        Assert.That(found, Is.EqualTo(slot));
    }

    [Test]
    public void GetOrAdd_TextLongerThanAPage_IsKept()
    {
        LabelSet labels = LabelSet.Of(("short", "x"), ("text", new string('y', 1_000_000)));
        var table = new SeriesTable();
        table.GetOrAdd(LabelSet.Of(("short", "z")).Canonical);

        Assert.That(LabelsOf(table, table.GetOrAdd(labels.Canonical)), Is.EqualTo(labels));
    }

    [Test]
    public void GetOrAdd_KnownSeries_AllocatesNothing()
    {
        var table = new SeriesTable();
        byte[] canonical = LabelSet.OfMetric("cpu", ("host", "a"), ("region", "eu")).Canonical.ToArray();
        table.GetOrAdd(canonical);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            table.GetOrAdd(canonical);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void CopyLabels_NoSuchSeries_Throws() =>
        Assert.That(() => new SeriesTable().CopyLabels(3, new ArrayBufferWriter<byte>()), Throws.ArgumentException);

    [Test]
    public void Readers_WhileSeriesAreAdded_SeeWholeSeriesInAscendingOrder()
    {
        const int count = 30_000;
        var table = new SeriesTable();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntil(table, count)))];

        for (int i = 0; i < count; i++)
        {
            table.GetOrAdd(NumberedSeries(i).Canonical);
        }

        Assert.That(() => Task.WaitAll(readers, TimeSpan.FromSeconds(60)), Is.True);
    }

    private static void ReadUntil(SeriesTable table, int count)
    {
        var postings = new PostingBuffer();
        while (postings.Count < count)
        {
            postings.Clear();
            int seen = table.Count;
            table.CopyPostings("all"u8, "1"u8, postings);
            Assert.That(postings.Count, Is.GreaterThanOrEqualTo(seen));
            if (postings.Count > 0)
            {
                uint newest = postings.Items[^1];
                Assert.That(newest, Is.EqualTo((uint)postings.Count - 1));
                Assert.That(LabelsOf(table, newest), Is.EqualTo(NumberedSeries((int)newest)));
            }
        }
    }

    private static LabelSet NumberedSeries(int i) => LabelSet.Of(("all", "1"), ("tens", $"{i / 10}"), ("unit", $"{i % 10}"));

    // Few names and values, so that series share them in every combination.
    private static LabelSet SetOf(byte[] seed) => LabelSet.Of(
        [.. seed.Take(6).DistinctBy(b => b & 7).Select(b => ($"n{b & 7}", (b >> 3) % 4 == 0 ? $"n{b & 7}" : new string('v', b >> 3)))]);

    private static bool Agrees(SeriesTable table, Dictionary<LabelSet, uint> oracle)
    {
        var all = new PostingBuffer();
        table.CopyAll(all);
        return all.Items.SequenceEqual([.. oracle.Values.Order()])
            && oracle.All(pair => LabelsOf(table, pair.Value) == pair.Key)
            && oracle.Keys.SelectMany(set => set).Distinct().All(label => PostingsAgree(table, oracle, label))
            && Enumerable.Range(0, 8).All(name => ValuesAgree(table, oracle, $"n{name}"));
    }

    private static bool PostingsAgree(SeriesTable table, Dictionary<LabelSet, uint> oracle, Label label)
    {
        var postings = new PostingBuffer();
        table.CopyPostings(Bytes(label.Name), Bytes(label.Value), postings);
        return postings.Items.SequenceEqual([.. oracle.Where(pair => pair.Key.Contains(label)).Select(pair => pair.Value).Order()]);
    }

    private static bool ValuesAgree(SeriesTable table, Dictionary<LabelSet, uint> oracle, string name)
    {
        var visitor = new CollectingVisitor();
        table.VisitValues(Bytes(name), ref visitor);
        visitor.Postings.SortDistinct();
        return visitor.Values.Order(StringComparer.Ordinal)
                .SequenceEqual(oracle.Keys.Select(set => set[name]).Where(value => value.Length > 0).Distinct().Order(StringComparer.Ordinal))
            && visitor.Postings.Items.SequenceEqual([.. oracle.Where(pair => pair.Key[name].Length % 2 == 1).Select(pair => pair.Value).Order()]);
    }

    private static LabelSet LabelsOf(SeriesTable table, uint slot)
    {
        var bytes = new ArrayBufferWriter<byte>();
        table.CopyLabels(slot, bytes);
        return LabelSet.FromCanonical(bytes.WrittenSpan);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private sealed class CollectingVisitor : ILabelValueVisitor
    {
        public List<string> Values { get; } = [];

        public PostingBuffer Postings { get; } = new();

        public ReadOnlySpan<byte> Prefix => [];

        public bool Wants(ReadOnlySpan<byte> value)
        {
            Values.Add(System.Text.Encoding.UTF8.GetString(value));
            return value.Length % 2 == 1;
        }
    }
}

using Tsdb.Encoding;
using Tsdb.Model.Time;
using Tsdb.Storage.Chunks;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Tests.Memtable;

public sealed class ShardMemtableTests
{
    private const long Second = Timestamps.NsPerSecond;
    private const long WindowNs = 2 * 3600 * Second;

    private ShardMemtable _memtable = null!;

    [SetUp]
    public void SetUp() => _memtable = new ShardMemtable();

    [TearDown]
    public void TearDown()
    {
        if (!_memtable.IsFreed)
        {
            _memtable.Release();
        }
    }

    [Test]
    public void Append_ConstantSeries_ClosesChunksAt240Samples()
    {
        for (int i = 0; i < 500; i++)
        {
            _memtable.Append(1, i * Second, 7);
        }

        Assert.That(Chunks(1).Select(chunk => chunk.Count), Is.EqualTo(new[] { 240, 240, 20 }));
    }

    [TestCase(1, new[] { 2, 1 })]
    [TestCase(-1, new[] { 1, 2 })]
    public void Append_AcrossAWindowsEnd_OpensAChunk(int lastOffset, int[] expected)
    {
        _memtable.Append(1, -WindowNs - Second - lastOffset, 1);
        _memtable.Append(1, -WindowNs - lastOffset, 2);
        _memtable.Append(1, -WindowNs + Second - lastOffset, 3);

        Assert.That(Chunks(1).Select(chunk => chunk.Count), Is.EqualTo(expected));
    }

    [Test]
    public void Append_NoisyValues_ClosesChunksAtOneKibibyteAndStaysAtThatSize()
    {
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            _memtable.Append(1, i * Second, BitConverter.Int64BitsToDouble(random.NextInt64()));
        }

        ChunkSlice[] chunks = Chunks(1);
        Assert.That(chunks, Has.Length.GreaterThan(2));
        Assert.That(chunks[..^1].Select(chunk => chunk.LengthBytes), Has.All.InRange(1000, 1024));
    }

    [Test]
    public void Append_FinerTimestamps_OpensAChunkOfThatUnitAndStaysFine()
    {
        _memtable.Append(1, 1 * Second, 1);
        _memtable.Append(1, 2 * Second, 2);
        _memtable.Append(1, (2 * Second) + Timestamps.NsPerMillisecond, 3);
        _memtable.Append(1, (2 * Second) + 5, 3); // late: not of the chunks
        _memtable.Append(1, (2 * Second) + Timestamps.NsPerMillisecond + 5, 3);
        _memtable.Append(1, WindowNs, 4);

        Assert.That(
            Chunks(1).Select(chunk => chunk.Unit),
            Is.EqualTo(new[] { TimeUnit.Seconds, TimeUnit.Milliseconds, TimeUnit.Nanoseconds, TimeUnit.Nanoseconds }));
    }

    [Test]
    public void Append_NewestOverwrittenAndWrittenAgain_LastWriteWins()
    {
        Assert.That(_memtable.Append(1, 10, 1.0), Is.EqualTo(AppendStatus.Appended));
        Assert.That(_memtable.Append(1, 10, 2.0), Is.EqualTo(AppendStatus.Overwritten));
        Assert.That(_memtable.Append(1, 10, 2.0), Is.EqualTo(AppendStatus.Duplicate));
        Assert.That(_memtable.Append(1, 10, 1.0), Is.EqualTo(AppendStatus.Overwritten));
        Assert.That(_memtable.Append(1, 10, 1.0), Is.EqualTo(AppendStatus.Duplicate));
        Assert.That(_memtable.Append(1, 11, 5.0), Is.EqualTo(AppendStatus.Appended));
        Assert.That(_memtable.Append(1, 11, 5.0), Is.EqualTo(AppendStatus.Duplicate));

        Assert.That(
            MemtableContent.Read(_memtable, 1, TimeRange.All).Values.Select(BitConverter.Int64BitsToDouble),
            Is.EqualTo(new[] { 1.0, 5.0 }));
    }

    [Test]
    public void Append_ZeroOfTheOtherSign_Overwrites()
    {
        _memtable.Append(1, 10, 0.0);

        Assert.That(_memtable.Append(1, 10, -0.0), Is.EqualTo(AppendStatus.Overwritten));
    }

    [Test]
    public void Append_RequestsOfThreeConnectionsTurnedOver_MakeNoLeaf()
    {
        int[] requests = [2, 1, 0, 5, 3, 4, 8, 7, 6];
        foreach (int request in requests)
        {
            for (int i = 0; i < 10; i++)
            {
                Assert.That(_memtable.Append(1, ((request * 10) + i) * Second, i), Is.AnyOf(AppendStatus.Appended, AppendStatus.Late));
            }
        }

        Assert.That(Slices(1).Select(slice => (slice.Rank, slice.Count)), Is.EqualTo(new[] { (0L, 30), (1L, 40), (2L, 20) }));
        Assert.That(MemtableContent.Read(_memtable, 1, TimeRange.All).Keys, Is.EqualTo(Enumerable.Range(0, 90).Select(i => i * Second)));
    }

    [Test]
    public void Append_SameRequestAgainAfterALaterOne_LastWriteWinsInEveryLane()
    {
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                _memtable.Append(1, i, (100 * round) + i);
            }
        }

        Assert.That(
            MemtableContent.Read(_memtable, 1, TimeRange.All).Values.Select(BitConverter.Int64BitsToDouble),
            Is.EqualTo(Enumerable.Range(400, 20)));
    }

    [Test]
    public void Append_LateSamplesInTheirOwnOrder_FillLeavesOf32()
    {
        MemtableContent.FillLanes(_memtable, 1);
        for (int i = 0; i < 100; i++)
        {
            _memtable.Append(1, i, i);
        }

        ChunkSlice[] leaves = [.. Slices(1).Where(slice => slice.Codec == ChunkCodec.Raw)];
        Assert.That(leaves.Select(leaf => leaf.Count), Is.EqualTo(new[] { 32, 32, 32, 4 }));
    }

    [Test]
    public void Append_LateSamplesNewestFirst_ShareLeaves()
    {
        MemtableContent.FillLanes(_memtable, 1);
        for (int i = 320; i > 0; i--)
        {
            _memtable.Append(1, i, i);
        }

        Assert.That(Slices(1).Count(slice => slice.Codec == ChunkCodec.Raw), Is.InRange(10, 22));
    }

    [Test]
    public void Append_LateSamplesInRandomOrder_UsesOutgrownLeavesAgain()
    {
        var random = new Random(3);
        MemtableContent.FillLanes(_memtable, 1);
        for (int i = 0; i < 10_000; i++)
        {
            _memtable.Append(1, random.NextInt64(), i);
        }

        // 16 bytes a sample in leaves at least half full, 40 bytes a node, and the hot page; without reuse it would be 25 times that.
        Assert.That(_memtable.ArenaBytes, Is.LessThan(600_000));
    }

    [Test]
    public void Append_KnownSeries_AllocatesNothing()
    {
        for (uint slot = 0; slot < 100; slot++)
        {
            _memtable.Append(slot, 0, 0);
            _memtable.Append(slot, 0, 1);
            _memtable.Append(slot, 0, 2); // all lanes have begun
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 1000; i++)
        {
            for (uint slot = 0; slot < 100; slot++)
            {
                _memtable.Append(slot, i * Second, i * 0.1);
                _memtable.Append(slot, ((i * Second) - 1) ^ 77, i);
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Append_SlotsFarApart_AreAllFound()
    {
        uint[] slots = [0, 1, 255, 256, 70_000, 50_000_000];
        foreach (uint slot in slots.Reverse())
        {
            _memtable.Append(slot, slot, slot);
        }

        var walked = new List<uint>();
        foreach (uint slot in _memtable.Slots())
        {
            walked.Add(slot);
        }

        Assert.That(walked, Is.EqualTo(slots));
        Assert.That(slots.All(slot => MemtableContent.Read(_memtable, slot, TimeRange.All).ContainsKey(slot)), Is.True);
    }

    [Test]
    public void IsFull_LimitReached_IsTrueAndSamplesAreStillTaken()
    {
        var memtable = new ShardMemtable(limitBytes: 1 << 20);
        uint slot = 0;
        while (!memtable.IsFull)
        {
            memtable.Append(slot++, 0, 0);
        }

        Assert.That(memtable.ArenaBytes, Is.InRange(1 << 20, (1 << 20) + 20_000));
        Assert.That(memtable.Append(slot, 0, 0), Is.EqualTo(AppendStatus.Appended));
        memtable.Release();
    }

    [Test]
    public void Release_LastHold_FreesTheMemoryAndRefusesNewHolds()
    {
        _memtable.Append(1, 10, 1);
        Assert.That(_memtable.TryAcquire(), Is.True);

        _memtable.Release();
        Assert.That(_memtable.IsFreed, Is.False);
        Assert.That(MemtableContent.Read(_memtable, 1, TimeRange.All), Has.Count.EqualTo(1));

        _memtable.Release();
        Assert.That(_memtable.IsFreed, Is.True);
        Assert.That(_memtable.TryAcquire(), Is.False);
        Assert.That(_memtable.Release, Throws.InvalidOperationException);
    }

    private ChunkSlice[] Slices(uint slot)
    {
        var slices = new List<ChunkSlice>();
        _memtable.CollectChunks(slot, TimeRange.All, 0, slices);
        return [.. slices];
    }

    private ChunkSlice[] Chunks(uint slot) => [.. Slices(slot).Where(slice => slice.Rank == 0)];
}

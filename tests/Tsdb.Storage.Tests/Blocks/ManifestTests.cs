using Tsdb.Model.Errors;
using Tsdb.Model.Samples;
using Tsdb.Storage.Blocks;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Blocks;

public sealed class ManifestTests
{
    private const string Folder = "/data";
    private const string FilePath = "/data/MANIFEST";

    [Test]
    public void Open_NewFolder_IsEmpty()
    {
        InMemoryFileSystem files = NewDisk();
        using Manifest manifest = Manifest.Open(files, Folder);
        Assert.That(manifest.State.Blocks, Is.Empty);
        Assert.That(files.FileExists(FilePath));
    }

    [Test]
    public void Append_Edits_AreThereAfterReopening()
    {
        InMemoryFileSystem files = NewDisk();
        using (Manifest manifest = Manifest.Open(files, Folder))
        {
            manifest.Append(new ManifestEdit { ShardCount = 2 });
            manifest.Append(new ManifestEdit { Added = [Block(1), Block(2)], LastSequence = new SequenceNumber(9), Shards = [new ShardEdit(1, 5, 100)] });
            manifest.Append(new ManifestEdit { Added = [Block(3)], Removed = [Block(1)], Shards = [new ShardEdit(0, 7, 20), new ShardEdit(1, 4, 200)] });
        }

        using Manifest reopened = Manifest.Open(files, Folder);
        ManifestState state = reopened.State;
        Assert.That(state.Blocks, Is.EqualTo(new[] { Block(2), Block(3) }));
        Assert.That((state.LastSequence.Value, state.ShardCount), Is.EqualTo((9UL, 2)));
        Assert.That((state.FirstSegmentOf(0), state.NextSlotOf(0)), Is.EqualTo((7L, 20U)));
        Assert.That((state.FirstSegmentOf(1), state.NextSlotOf(1)), Is.EqualTo((5L, 200U)), "numbers never go down");
        Assert.That((state.FirstSegmentOf(2), state.NextSlotOf(2)), Is.EqualTo((0L, 0U)));
    }

    [Test]
    public void Append_FewerShards_ForgetsThoseBeyond()
    {
        using Manifest manifest = Manifest.Open(NewDisk(), Folder);
        manifest.Append(new ManifestEdit { ShardCount = 3, Shards = [new ShardEdit(0, 1, 1), new ShardEdit(2, 1, 1)] });
        manifest.Append(new ManifestEdit { ShardCount = 1 });
        Assert.That(manifest.State.Shards.Keys, Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void Append_Contradiction_ThrowsAndChangesNothing()
    {
        using Manifest manifest = Manifest.Open(NewDisk(), Folder);
        manifest.Append(new ManifestEdit { Added = [Block(1)] });
        Assert.That(() => manifest.Append(new ManifestEdit { Added = [Block(1)] }), Throws.ArgumentException);
        Assert.That(() => manifest.Append(new ManifestEdit { Removed = [Block(2)] }), Throws.ArgumentException);
        Assert.That(manifest.State.Blocks, Is.EqualTo(new[] { Block(1) }));
    }

    [Test]
    public void Append_ManyEdits_IsWrittenAnewAndStaysSmall()
    {
        InMemoryFileSystem files = NewDisk();
        using Manifest manifest = Manifest.Open(files, Folder);
        for (uint i = 0; i < 5000; i++)
        {
            manifest.Append(new ManifestEdit { Added = [Block(i + 1)], Removed = i == 0 ? [] : [Block(i)] });
        }

        Assert.That(files.ReadAllBytes(FilePath), Has.Length.LessThan(70_000));
        using Manifest reopened = Manifest.Open(files, Folder);
        Assert.That(reopened.State.Blocks, Is.EqualTo(new[] { Block(5000) }));
    }

    [Test]
    public void Append_DiskRefuses_GoesOnAfterwards([Values(FileCall.Write, FileCall.Sync)] FileCall failing)
    {
        InMemoryFileSystem inner = NewDisk();
        var files = new FaultyFileSystem(inner);
        using Manifest manifest = Manifest.Open(files, Folder);
        manifest.Append(new ManifestEdit { Added = [Block(1)] });
        files.Fail(failing);
        Assert.That(() => manifest.Append(new ManifestEdit { Added = [Block(2)] }), Throws.InstanceOf<IOException>());
        Assert.That(manifest.State.Blocks, Is.EqualTo(new[] { Block(1) }));

        manifest.Append(new ManifestEdit { Added = [Block(3)] });

        using Manifest reopened = Manifest.Open(inner.Crash(), Folder);
        Assert.That(reopened.State.Blocks, Is.EqualTo(new[] { Block(1), Block(3) }));
    }

    [Test]
    public void Open_TornTail_IsCutAndAppendingGoesOn()
    {
        InMemoryFileSystem files = NewDisk();
        (byte[] bytes, int lastRecord) = ThreeEdits(files);
        for (int length = lastRecord; length < bytes.Length; length++)
        {
            files.WriteAllBytes(FilePath, bytes.AsSpan(0, length));
            using (Manifest torn = Manifest.Open(files, Folder))
            {
                Assert.That((torn.State.Blocks.Count, torn.TornBytes), Is.EqualTo((2, (long)length - lastRecord)));
                torn.Append(new ManifestEdit { Added = [Block(9)] });
            }

            using Manifest reopened = Manifest.Open(files, Folder);
            Assert.That(reopened.State.Blocks, Is.EqualTo(new[] { Block(1), Block(2), Block(9) }));
        }
    }

    [Test]
    public void Open_DamageBeforeTheLastRecord_IsRefused()
    {
        InMemoryFileSystem files = NewDisk();
        (byte[] bytes, int lastRecord) = ThreeEdits(files);
        for (int i = 0; i < lastRecord; i++)
        {
            bytes[i] ^= 0x10;
            files.WriteAllBytes(FilePath, bytes);
            Assert.That(() => Manifest.Open(files, Folder), Throws.TypeOf<CorruptionException>(), $"byte {i}");
            bytes[i] ^= 0x10;
        }
    }

    [Test]
    public void Open_DataWithoutManifest_IsRefused()
    {
        InMemoryFileSystem files = NewDisk();
        files.CreateDirectory("/data/blocks/" + Block(1));
        Assert.That(() => Manifest.Open(files, Folder), Throws.TypeOf<DataFolderException>().With.Message.Contains("no MANIFEST"));
    }

    [Test]
    public void Append_StopAtEachCall_LeavesTheOldOrTheNewSet([Values] CrashSurvivors survivors)
    {
        InMemoryFileSystem files = NewDisk();
        var images = new List<(InMemoryFileSystem Disk, int Acknowledged)>();
        int acknowledged = 0;
        using (Manifest manifest = Manifest.Open(files, Folder))
        {
            files.BeforeCall = (_, _) => images.Add((files.Crash(survivors, seed: images.Count), acknowledged));
            for (uint i = 0; i < 20; i++)
            {
                // Each edit swaps all blocks for as many others, enough that some appends write the file anew.
                manifest.Append(new ManifestEdit { Added = Swarm(i + 1), Removed = i == 0 ? [] : Swarm(i) });
                acknowledged++;
            }
        }

        foreach ((InMemoryFileSystem disk, int count) in images)
        {
            using Manifest reopened = Manifest.Open(disk, Folder);
            IEnumerable<BlockId> old = count == 0 ? [] : Swarm((uint)count);
            Assert.That(reopened.State.Blocks, Is.EqualTo(old).Or.EqualTo(Swarm((uint)count + 1)));
        }

        Assert.That(images, Has.Count.GreaterThan(40));
    }

    private static BlockId[] Swarm(uint round) => [.. Enumerable.Range(0, 300).Select(i => Block((round * 1000) + (uint)i))];

    private static (byte[] Bytes, int LastRecord) ThreeEdits(InMemoryFileSystem files)
    {
        using Manifest manifest = Manifest.Open(files, Folder);
        manifest.Append(new ManifestEdit { Added = [Block(1)], LastSequence = new SequenceNumber(1) });
        manifest.Append(new ManifestEdit { Added = [Block(2)], LastSequence = new SequenceNumber(300) });
        int lastRecord = files.ReadAllBytes(FilePath).Length;
        manifest.Append(new ManifestEdit { Added = [Block(3)], Shards = [new ShardEdit(0, 1, 2)] });
        return (files.ReadAllBytes(FilePath), lastRecord);
    }

    private static InMemoryFileSystem NewDisk()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Folder);
        return files;
    }

    private static BlockId Block(uint number) => new(number);
}

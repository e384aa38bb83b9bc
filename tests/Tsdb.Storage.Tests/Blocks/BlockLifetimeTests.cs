using Tsdb.Model.Files;
using Tsdb.Storage.Blocks;
using Tsdb.Testing.Files;
using Tsdb.Testing.Samples;

namespace Tsdb.Storage.Tests.Blocks;

public sealed class BlockLifetimeTests
{
    private static readonly TestSeries[] Series = [A.Series("cpu", ("host", "a")).Values(1, 2, 3, 4), A.Series("mem").Values(5)];

    [Test]
    public void Delete_WhileRead_WaitsForTheLastReader()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestBlock.Write(files, Series);
        Block block = Block.Open(files, TestBlock.Folder);
        Assert.That(block.TryAcquire());
        string content = TestBlock.Describe(block);

        block.Delete();

        Assert.That(files.DirectoryExists(TestBlock.Folder));
        Assert.That(block.TryAcquire(), "a reader that holds the block may pass it on");
        Assert.That(TestBlock.Describe(block), Is.EqualTo(content));
        block.Release();
        block.Release();
        Assert.That(files.List(TestBlock.BlocksFolder), Is.Empty);
        Assert.That(block.TryAcquire(), Is.False);
    }

    [Test]
    public void Release_NotDeleted_KeepsTheFiles()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        TestBlock.Write(files, Series);
        Block.Open(files, TestBlock.Folder).Release();
        Assert.That(() => Block.Open(files, TestBlock.Folder).Release(), Throws.Nothing);
    }

    [Test]
    public void Dispose_NotPublished_LeavesNothing()
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        using (BlockWriter writer = TestBlock.NewWriter(files))
        {
            TestBlock.Fill(writer, Series);
            Assert.That(files.List(TestBlock.BlocksFolder), Is.EqualTo(new[] { "tmp-" + TestBlock.Id }));
        }

        Assert.That(files.List(TestBlock.BlocksFolder), Is.Empty);
    }

    [Test]
    public void Publish_StopAtEachCall_LeavesNoBlockOrAWholeOne([Values] CrashSurvivors survivors)
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        files.SyncDirectory("/data");
        files.SyncDirectory(TestBlock.BlocksFolder);
        var images = new List<InMemoryFileSystem>();
        files.BeforeCall = (_, _) => images.Add(files.Crash(survivors, seed: images.Count));
        TestBlock.Write(files, Series);
        files.BeforeCall = null;
        images.Add(files.Crash(survivors));
        Block intact = Block.Open(files, TestBlock.Folder);
        string content = TestBlock.Describe(intact);

        foreach (InMemoryFileSystem image in images)
        {
            if (image.DirectoryExists(TestBlock.Folder))
            {
                Block block = Block.Open(image, TestBlock.Folder);
                Assert.That(TestBlock.Describe(block), Is.EqualTo(content));
                block.Scrub();
            }
        }

        Assert.That(images, Has.Count.GreaterThan(10));
        Assert.That(images[^1].DirectoryExists(TestBlock.Folder), "published is durable");
    }

    [Test]
    public void Delete_StopAtEachCall_LeavesAWholeBlockOrATemporaryFolder([Values] CrashSurvivors survivors)
    {
        InMemoryFileSystem files = TestBlock.NewDisk();
        files.SyncDirectory("/data");
        TestBlock.Write(files, Series);
        var images = new List<InMemoryFileSystem>();
        files.BeforeCall = (_, _) => images.Add(files.Crash(survivors, seed: images.Count));

        Block.Open(files, TestBlock.Folder).Delete();

        foreach (InMemoryFileSystem image in images.Where(image => image.DirectoryExists(TestBlock.Folder)))
        {
            Assert.That(() => Block.Open(image, TestBlock.Folder), Throws.Nothing);
        }
    }

    [Test]
    public void Open_OnTheRealDisk_ReadsWhatWasWritten()
    {
        using var folder = new TemporaryDirectory();
        IFileSystem files = Storage.Files.PhysicalFileSystem.Instance;
        using (BlockWriter writer = BlockWriter.Create(files, folder.Path, TestBlock.Id, default, 0, default, default))
        {
            TestBlock.Fill(writer, Series);
            writer.Publish();
        }

        Block block = Block.Open(files, folder[TestBlock.Id.ToString()]);
        Assert.That(TestBlock.SamplesOf(block, 0), Is.EqualTo(Series[0].Samples));
        block.Delete();
        Assert.That(files.List(folder.Path), Is.Empty);
    }
}

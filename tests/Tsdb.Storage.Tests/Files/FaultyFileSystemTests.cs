using Tsdb.Model.Files;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Files;

public sealed class FaultyFileSystemTests
{
    [Test]
    public void Fail_NthCall_FailsOnlyThatOne()
    {
        (FaultyFileSystem files, InMemoryFileSystem inner) = Create();
        using IWritableFile file = files.CreateFile("/f");
        files.Fail(FileCall.Write, nth: 2);
        file.Write(0, "a"u8);
        Assert.That(() => file.Write(1, "b"u8), Throws.InstanceOf<IOException>());
        file.Write(1, "c"u8);
        Assert.That(inner.ReadAllBytes("/f"), Is.EqualTo("ac"u8.ToArray()));
        Assert.That(files.Count(FileCall.Write), Is.EqualTo(3));
    }

    [Test]
    public void FailHalfWritten_NextWrite_LeavesHalf()
    {
        (FaultyFileSystem files, InMemoryFileSystem inner) = Create();
        using IWritableFile file = files.CreateFile("/f");
        files.FailHalfWritten();
        Assert.That(() => file.Write(0, "abcd"u8), Throws.InstanceOf<IOException>());
        Assert.That(inner.ReadAllBytes("/f"), Is.EqualTo("ab"u8.ToArray()));
    }

    [Test]
    public void IsFull_WhileSet_RefusesWhatNeedsSpace()
    {
        (FaultyFileSystem files, _) = Create();
        using IWritableFile file = files.CreateFile("/f");
        files.IsFull = true;
        IOException error = Assert.Throws<DiskFullException>(() => file.Write(0, "a"u8))!;
        Assert.That(files.IsDiskFull(error));
        Assert.That(file.Sync, Throws.Nothing);
        files.IsFull = false;
        Assert.That(() => file.Write(0, "a"u8), Throws.Nothing);
    }

    private static (FaultyFileSystem Files, InMemoryFileSystem Inner) Create()
    {
        var inner = new InMemoryFileSystem();
        return (new FaultyFileSystem(inner), inner);
    }
}

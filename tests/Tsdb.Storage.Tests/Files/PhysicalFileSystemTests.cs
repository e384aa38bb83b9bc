using Tsdb.Model.Files;
using Tsdb.Storage.Files;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Files;

public sealed class PhysicalFileSystemTests
{
    [TestCase(28, ExpectedResult = true)]
    [TestCase(122, ExpectedResult = true)]
    [TestCase(5, ExpectedResult = false)]
    [Platform("Linux")]
    public bool IsDiskFull_LinuxErrorNumber_TellsSpaceFromOtherErrors(int errorNumber) =>
        PhysicalFileSystem.Instance.IsDiskFull(new IOException("", errorNumber));

    [Test]
    [Platform("Linux")]
    public void IsDiskFull_DeviceWithoutSpace_IsTrue()
    {
        using IWritableFile file = PhysicalFileSystem.Instance.OpenForWriting("/dev/full");
        IOException error = Assert.Throws<IOException>(() => file.Write(0, "hello"u8))!;
        Assert.That(PhysicalFileSystem.Instance.IsDiskFull(error));
    }

    [Test]
    public void SyncDirectory_Missing_NamesThePath()
    {
        using var folder = new TemporaryDirectory();
        string missing = folder["missing"];
        IOException error = Assert.Throws<IOException>(() => DiskSync.SyncDirectory(missing))!;
        Assert.That(error.Message, Does.StartWith(missing + " cannot be synced to the disk: "));
    }
}

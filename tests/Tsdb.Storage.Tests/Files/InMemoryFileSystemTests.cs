using Tsdb.Model.Files;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Files;

public sealed class InMemoryFileSystemTests
{
    private readonly InMemoryFileSystem _files = new();

    public InMemoryFileSystemTests() => _files.CreateDirectory("/data");

    [Test]
    public void Crash_UnsyncedBytes_AreLost()
    {
        using IWritableFile file = CreateSynced("crash-bytes");
        file.Write(0, "synced"u8);
        file.Sync();
        file.Write(6, " lost"u8);
        file.Write(0, "S"u8);
        Assert.That(_files.Crash().ReadAllBytes("/data/crash-bytes"), Is.EqualTo("synced"u8.ToArray()));
        Assert.That(_files.Crash(CrashSurvivors.Everything).ReadAllBytes("/data/crash-bytes"), Is.EqualTo("Synced lost"u8.ToArray()));
    }

    [Test]
    public void Crash_UnsyncedName_IsLostWithItsSyncedBytes()
    {
        using IWritableFile file = _files.CreateFile("/data/crash-name");
        file.Write(0, "synced"u8);
        file.Sync();
        Assert.That(_files.Crash().FileExists("/data/crash-name"), Is.False);
        _files.SyncDirectory("/data");
        Assert.That(_files.Crash().FileExists("/data/crash-name"));
    }

    [Test]
    public void Crash_UnsyncedRename_IsUndone()
    {
        CreateSynced("crash-old").Dispose();
        _files.Rename("/data/crash-old", "/data/crash-new");
        InMemoryFileSystem image = _files.Crash();
        Assert.That((image.FileExists("/data/crash-old"), image.FileExists("/data/crash-new")), Is.EqualTo((true, false)));
    }

    [Test]
    public void Crash_UnsyncedCut_IsUndone()
    {
        using IWritableFile file = CreateSynced("crash-cut");
        file.Write(0, "synced"u8);
        file.Sync();
        file.SetLength(2);
        Assert.That(_files.Crash().ReadAllBytes("/data/crash-cut"), Is.EqualTo("synced"u8.ToArray()));
        file.Sync();
        Assert.That(_files.Crash().ReadAllBytes("/data/crash-cut"), Is.EqualTo("sy"u8.ToArray()));
    }

    [Test]
    public void Crash_AnyMix_KeepsSyncedSectorsAndSomeOfTheOthers()
    {
        using IWritableFile file = CreateSynced("crash-mix");
        file.Write(0, new byte[512]);
        file.Sync();
        file.Write(512, Enumerable.Repeat((byte)1, 64 * 512).ToArray());
        var kept = new HashSet<int>();
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] bytes = _files.Crash(CrashSurvivors.AnyMix, seed).ReadAllBytes("/data/crash-mix");
            Assert.That(bytes.AsSpan(0, 512).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            kept.Add(bytes.Count(value => value == 1));
        }

        Assert.That(kept, Has.Count.GreaterThan(5));
        Assert.That(kept, Has.All.Matches<int>(count => count % 512 == 0));
    }

    [Test]
    public void BeforeCall_EachChange_IsAnnouncedOnce()
    {
        var calls = new List<FileCall>();
        var files = new InMemoryFileSystem { BeforeCall = (call, _) => calls.Add(call) };
        files.CreateDirectory("/data");
        using (IWritableFile file = files.CreateFile("/data/f"))
        {
            file.Write(0, "a"u8);
            file.SetLength(0);
            file.Sync();
        }

        files.Rename("/data/f", "/data/g");
        files.SyncDirectory("/data");
        files.DeleteFile("/data/g");
        FileCall[] expected =
        [
            FileCall.CreateDirectory, FileCall.CreateFile, FileCall.Write, FileCall.SetLength, FileCall.Sync, FileCall.Rename,
            FileCall.SyncDirectory, FileCall.Delete,
        ];
        Assert.That(calls, Is.EqualTo(expected));
    }

    private IWritableFile CreateSynced(string name)
    {
        IWritableFile file = _files.CreateFile("/data/" + name);
        _files.SyncDirectory("/data");
        return file;
    }
}

using Tsdb.Model.Files;
using Tsdb.Storage.Files;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Files;

/// <summary>What every file system must do alike, so that tests in memory say something about the disk.</summary>
[TestFixture(FileSystemKind.Physical)]
[TestFixture(FileSystemKind.InMemory)]
[TestFixture(FileSystemKind.FaultyWithoutFaults)]
public sealed class FileSystemContractTests(FileSystemContractTests.FileSystemKind kind)
{
    private TemporaryDirectory _folder = null!;
    private IFileSystem _files = null!;

    public enum FileSystemKind
    {
        Physical,
        InMemory,
        FaultyWithoutFaults,
    }

    [SetUp]
    public void CreateFileSystem()
    {
        _folder = new TemporaryDirectory();
        _files = kind switch
        {
            FileSystemKind.Physical => PhysicalFileSystem.Instance,
            FileSystemKind.InMemory => new InMemoryFileSystem(),
            _ => new FaultyFileSystem(PhysicalFileSystem.Instance),
        };
        _files.CreateDirectory(_folder.Path);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Write_ThenRead_ReturnsTheBytes()
    {
        using (IWritableFile file = _files.CreateFile(_folder["f"]))
        {
            file.Write(0, "hello"u8);
            file.Write(8, "world"u8);
            Assert.That(file.LengthBytes, Is.EqualTo(13));
            file.Sync();
        }

        Assert.That(ReadAll("f"), Is.EqualTo("hello\0\0\0world"u8.ToArray()));
    }

    [Test]
    public void OpenForWriting_Existing_KeepsContentAndLength()
    {
        Create("f", "hello"u8);
        using (IWritableFile file = _files.OpenForWriting(_folder["f"]))
        {
            Assert.That(file.LengthBytes, Is.EqualTo(5));
            file.Write(4, "!"u8);
        }

        Assert.That(ReadAll("f"), Is.EqualTo("hell!"u8.ToArray()));
    }

    [Test]
    public void SetLength_ShorterThenLonger_ReadsZeros()
    {
        Create("f", "hello"u8);
        using (IWritableFile file = _files.OpenForWriting(_folder["f"]))
        {
            file.SetLength(2);
            file.SetLength(4);
        }

        Assert.That(ReadAll("f"), Is.EqualTo("he\0\0"u8.ToArray()));
    }

    [Test]
    public void Read_BeyondTheEnd_ReturnsWhatThereIs()
    {
        Create("f", "hello"u8);
        using IReadableFile file = _files.OpenForReading(_folder["f"]);
        var bytes = new byte[10];
        Assert.That(file.Read(3, bytes), Is.EqualTo(2));
        Assert.That(file.Read(7, bytes), Is.Zero);
    }

    [Test]
    public unsafe void Map_AnyFile_ShowsItsBytes([Values(0, 5, 100_000)] int lengthBytes)
    {
        var bytes = new byte[lengthBytes];
        new Random(1).NextBytes(bytes);
        Create("f", bytes);
        using IReadableFile file = _files.OpenForReading(_folder["f"]);
        using IMappedFile mapping = file.Map();
        Assert.That(mapping.LengthBytes, Is.EqualTo(lengthBytes));
        Assert.That(new ReadOnlySpan<byte>(mapping.Pointer, lengthBytes).SequenceEqual(bytes));
    }

    [Test]
    public void CreateFile_Existing_IsAnError()
    {
        Create("f", "hello"u8);
        Assert.That(() => _files.CreateFile(_folder["f"]), Throws.InstanceOf<IOException>());
        Assert.That(ReadAll("f"), Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public void Open_Missing_IsAnError()
    {
        Assert.That(() => _files.OpenForReading(_folder["f"]), Throws.InstanceOf<FileNotFoundException>());
        Assert.That(() => _files.OpenForWriting(_folder["f"]), Throws.InstanceOf<FileNotFoundException>());
        Assert.That(() => _files.CreateFile(_folder["missing/f"]), Throws.InstanceOf<DirectoryNotFoundException>());
    }

    [Test]
    public void List_FilesAndDirectories_ReturnsNamesInOrdinalOrder()
    {
        Create("b", []);
        Create("B", []);
        _files.CreateDirectory(_folder["a/inner"]);
        Assert.That(_files.List(_folder.Path), Is.EqualTo(new[] { "B", "a", "b" }));
    }

    [Test]
    public void Rename_OntoAFile_ReplacesIt()
    {
        Create("old", "new content"u8);
        Create("name", "old content"u8);
        _files.Rename(_folder["old"], _folder["name"]);
        _files.SyncDirectory(_folder.Path);
        Assert.That(ReadAll("name"), Is.EqualTo("new content"u8.ToArray()));
        Assert.That(_files.FileExists(_folder["old"]), Is.False);
    }

    [Test]
    public void Rename_Directory_MovesAllInIt()
    {
        _files.CreateDirectory(_folder["tmp"]);
        Create("tmp/f", "hello"u8);
        _files.Rename(_folder["tmp"], _folder["block"]);
        Assert.That(_files.DirectoryExists(_folder["tmp"]), Is.False);
        Assert.That(ReadAll("block/f"), Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public void DeleteFile_OpenReader_KeepsReading()
    {
        Create("f", "hello"u8);
        using IReadableFile file = _files.OpenForReading(_folder["f"]);
        _files.DeleteFile(_folder["f"]);
        var bytes = new byte[5];
        Assert.That(file.Read(0, bytes), Is.EqualTo(5));
        Assert.That(_files.FileExists(_folder["f"]), Is.False);
    }

    [Test]
    public void Delete_Missing_DoesNothing()
    {
        Assert.That(() => _files.DeleteFile(_folder["missing/f"]), Throws.Nothing);
        Assert.That(() => _files.DeleteFile(_folder["f"]), Throws.Nothing);
        Assert.That(() => _files.DeleteDirectory(_folder["missing"]), Throws.Nothing);
    }

    [Test]
    public void DeleteDirectory_WithContent_RemovesAll()
    {
        _files.CreateDirectory(_folder["a/b"]);
        Create("a/b/f", "hello"u8);
        _files.DeleteDirectory(_folder["a"]);
        Assert.That(_files.DirectoryExists(_folder["a"]), Is.False);
    }

    [Test]
    public void TryLock_Held_IsNullUntilReleased()
    {
        using (IDisposable? held = _files.TryLock(_folder["LOCK"]))
        {
            Assert.That(held, Is.Not.Null);
            Assert.That(_files.TryLock(_folder["LOCK"]), Is.Null);
        }

        using IDisposable? again = _files.TryLock(_folder["LOCK"]);
        Assert.That(again, Is.Not.Null);
    }

    private void Create(string name, ReadOnlySpan<byte> bytes)
    {
        using IWritableFile file = _files.CreateFile(_folder[name]);
        file.Write(0, bytes);
    }

    private byte[] ReadAll(string name)
    {
        using IReadableFile file = _files.OpenForReading(_folder[name]);
        var bytes = new byte[file.LengthBytes];
        Assert.That(file.Read(0, bytes), Is.EqualTo(bytes.Length));
        return bytes;
    }
}

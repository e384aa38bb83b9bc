using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>
/// A disk in memory that can crash: it keeps what was synced apart from what was only written, for bytes and for names. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A crash test runs its scenario once and takes a <see cref="Crash"/> image in <see cref="BeforeCall"/>, so before every call that changes the
/// disk; then it opens each image and checks it. Names directly under the root count as synced: the data folder's own name is the user's business.
/// </remarks>
public sealed class InMemoryFileSystem : IFileSystem
{
    private static readonly char[] Separators = ['/', '\\'];

    private readonly MemoryDirectory _root;
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);

    /// <summary>Creates an empty disk.</summary>
    public InMemoryFileSystem()
        : this(new MemoryDirectory())
    {
    }

    private InMemoryFileSystem(MemoryDirectory root) => _root = root;

    /// <summary>
    /// Called before each call that changes the disk (not for reads), under the disk's gate, with the kind of call and the path. It may take a
    /// <see cref="Crash"/> image, or throw in place of the call.
    /// </summary>
    public Action<FileCall, string>? BeforeCall { get; set; }

    internal Lock Gate { get; } = new();

    /// <summary>The disk as a crash at this moment leaves it, without locks and hooks. This one goes on unchanged.</summary>
    /// <param name="survivors">What of the unsynced changes survives.</param>
    /// <param name="seed">Decides the chances of <see cref="CrashSurvivors.AnyMix"/>.</param>
    public InMemoryFileSystem Crash(CrashSurvivors survivors = CrashSurvivors.SyncedOnly, int seed = 0)
    {
        lock (Gate)
        {
            _root.Sync();
            return new InMemoryFileSystem(_root.Survive(survivors, new Random(seed)));
        }
    }

    /// <summary>A copy of a file's bytes as programs see them.</summary>
    public byte[] ReadAllBytes(string path)
    {
        lock (Gate)
        {
            return FindFile(path).Bytes.ToArray();
        }
    }

    /// <summary>Replaces a file's content, or creates it, as if it had always been so: synced, and without calling <see cref="BeforeCall"/>.</summary>
    public void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            (MemoryDirectory parent, string name) = FindParent(path);
            var file = new MemoryFile();
            file.Write(0, bytes);
            file.Sync();
            parent.Entries[name] = file;
            parent.Sync();
        }
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        lock (Gate)
        {
            MemoryDirectory directory = _root;
            foreach (string name in Split(path))
            {
                if (!directory.Entries.TryGetValue(name, out object? entry))
                {
                    Announce(FileCall.CreateDirectory, path);
                    entry = new MemoryDirectory();
                    directory.Entries.Add(name, entry);
                }

                directory = entry as MemoryDirectory ?? throw new IOException($"{path}: {name} is a file.");
            }
        }
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string path)
    {
        lock (Gate)
        {
            return Find(path) is MemoryDirectory;
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        lock (Gate)
        {
            return Find(path) is MemoryFile;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        lock (Gate)
        {
            return [.. FindDirectory(directory).Entries.Keys];
        }
    }

    /// <inheritdoc/>
    public IWritableFile CreateFile(string path)
    {
        lock (Gate)
        {
            Announce(FileCall.CreateFile, path);
            (MemoryDirectory parent, string name) = FindParent(path);
            var file = new MemoryFile();
            return parent.Entries.TryAdd(name, file) ? new MemoryWritableFile(this, path, file) : throw new IOException($"{path} exists.");
        }
    }

    /// <inheritdoc/>
    public IWritableFile OpenForWriting(string path)
    {
        lock (Gate)
        {
            return new MemoryWritableFile(this, path, FindFile(path));
        }
    }

    /// <inheritdoc/>
    public IReadableFile OpenForReading(string path)
    {
        lock (Gate)
        {
            return new MemoryReadableFile(this, path, FindFile(path));
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        lock (Gate)
        {
            Announce(FileCall.Rename, from);
            (MemoryDirectory oldParent, string oldName) = FindParent(from);
            (MemoryDirectory newParent, string newName) = FindParent(to);
            if (!oldParent.Entries.TryGetValue(oldName, out object? entry))
            {
                throw new FileNotFoundException($"{from} does not exist.", from);
            }

            if (newParent.Entries.TryGetValue(newName, out object? replaced) && (replaced is MemoryDirectory || entry is MemoryDirectory))
            {
                throw new IOException($"{to} exists.");
            }

            oldParent.Entries.Remove(oldName);
            newParent.Entries[newName] = entry;
        }
    }

    /// <inheritdoc/>
    public void DeleteFile(string path) => Delete<MemoryFile>(path);

    /// <inheritdoc/>
    public void DeleteDirectory(string path) => Delete<MemoryDirectory>(path);

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        lock (Gate)
        {
            Announce(FileCall.SyncDirectory, path);
            FindDirectory(path).Sync();
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        lock (Gate)
        {
            (MemoryDirectory parent, string name) = FindParent(path);
            string key = string.Join('/', Split(path));
            if (!_locks.Add(key))
            {
                return null;
            }

            parent.Entries.TryAdd(name, new MemoryFile());
            return new Release(() => Unlock(key));
        }
    }

    /// <inheritdoc/>
    public bool IsDiskFull(IOException error) => error is DiskFullException;

    internal void Announce(FileCall call, string path) => BeforeCall?.Invoke(call, path);

    private static string[] Split(string path) => path.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private void Unlock(string key)
    {
        lock (Gate)
        {
            _locks.Remove(key);
        }
    }

    private void Delete<T>(string path)
    {
        lock (Gate)
        {
            if (Find(path) is T)
            {
                Announce(FileCall.Delete, path);
                (MemoryDirectory parent, string name) = FindParent(path);
                parent.Entries.Remove(name);
            }
        }
    }

    private object? Find(string path)
    {
        object? entry = _root;
        foreach (string name in Split(path))
        {
            if (entry is not MemoryDirectory directory || !directory.Entries.TryGetValue(name, out entry))
            {
                return null;
            }
        }

        return entry;
    }

    private MemoryFile FindFile(string path) => Find(path) as MemoryFile ?? throw new FileNotFoundException($"{path} does not exist.", path);

    private MemoryDirectory FindDirectory(string path) =>
        Find(path) as MemoryDirectory ?? throw new DirectoryNotFoundException($"{path} does not exist.");

    private (MemoryDirectory Parent, string Name) FindParent(string path)
    {
        string[] names = Split(path);
        return (FindDirectory(string.Join('/', names[..^1])), names[^1]);
    }

    private sealed class Release(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}

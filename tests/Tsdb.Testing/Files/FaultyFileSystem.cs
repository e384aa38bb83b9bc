using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>
/// A disk that fails on demand: the n-th call of a kind, a write that stops half way, a full disk. Counts calls too. Safe for concurrent use.
/// </summary>
public sealed class FaultyFileSystem(IFileSystem inner) : IFileSystem
{
    private readonly Lock _gate = new();
    private readonly int[] _counts = new int[Enum.GetValues<FileCall>().Length];
    private readonly Dictionary<(FileCall Call, int Number), Fault> _faults = [];
    private volatile bool _isFull;

    private enum Fault
    {
        Fail,
        WriteHalf,
    }

    /// <summary>Called before each call, reads included, with its kind and path, outside every lock: a test may block here, or throw.</summary>
    public Action<FileCall, string>? BeforeCall { get; set; }

    /// <summary>While true, whatever needs space fails with <see cref="DiskFullException"/>.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    /// <summary>How many calls of a kind there were, failed ones included.</summary>
    public int Count(FileCall call)
    {
        lock (_gate)
        {
            return _counts[(int)call];
        }
    }

    /// <summary>Makes the <paramref name="nth"/> call of a kind from now on (1 = the next) fail, once, without doing anything.</summary>
    public void Fail(FileCall call, int nth = 1) => Plan(call, nth, Fault.Fail);

    /// <summary>Makes the <paramref name="nth"/> write from now on write the first half of its bytes and then fail.</summary>
    public void FailHalfWritten(int nth = 1) => Plan(FileCall.Write, nth, Fault.WriteHalf);

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        Enter(FileCall.CreateDirectory, path, needsSpace: true);
        inner.CreateDirectory(path);
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    /// <inheritdoc/>
    public bool FileExists(string path) => inner.FileExists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => inner.List(directory);

    /// <inheritdoc/>
    public IWritableFile CreateFile(string path)
    {
        Enter(FileCall.CreateFile, path, needsSpace: true);
        return new FaultyWritableFile(this, inner.CreateFile(path));
    }

    /// <inheritdoc/>
    public IWritableFile OpenForWriting(string path)
    {
        Enter(FileCall.Open, path, needsSpace: false);
        return new FaultyWritableFile(this, inner.OpenForWriting(path));
    }

    /// <inheritdoc/>
    public IReadableFile OpenForReading(string path)
    {
        Enter(FileCall.Open, path, needsSpace: false);
        return new FaultyReadableFile(this, inner.OpenForReading(path));
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        Enter(FileCall.Rename, from, needsSpace: false);
        inner.Rename(from, to);
    }

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        Enter(FileCall.Delete, path, needsSpace: false);
        inner.DeleteFile(path);
    }

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        Enter(FileCall.Delete, path, needsSpace: false);
        inner.DeleteDirectory(path);
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        Enter(FileCall.SyncDirectory, path, needsSpace: false);
        inner.SyncDirectory(path);
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => inner.TryLock(path);

    /// <inheritdoc/>
    public bool IsDiskFull(IOException error) => error is DiskFullException || inner.IsDiskFull(error);

    /// <summary>Counts a call and fails it if planned. Returns true when a write must stop half way.</summary>
    internal bool Enter(FileCall call, string path, bool needsSpace)
    {
        BeforeCall?.Invoke(call, path);
        Fault fault;
        lock (_gate)
        {
            int number = ++_counts[(int)call];
            if (!_faults.Remove((call, number), out fault))
            {
                return needsSpace && _isFull ? throw new DiskFullException(path) : false;
            }
        }

        return fault == Fault.WriteHalf ? true : throw InjectedError(call, path);
    }

    internal static IOException InjectedError(FileCall call, string path) => new($"{path}: injected failure of {call}.");

    private void Plan(FileCall call, int nth, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nth, 1);
        lock (_gate)
        {
            _faults[(call, _counts[(int)call] + nth)] = fault;
        }
    }
}

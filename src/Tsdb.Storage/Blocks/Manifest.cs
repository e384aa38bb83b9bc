using Tsdb.Model.Errors;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Blocks;

/// <summary>
/// The log of what counts in a data folder: blocks, needed log segments, shards. An edit is on disk when <see cref="Append"/> returns.
/// </summary>
/// <remarks>
/// Edits are appended until the file is large, then the whole state is written anew under a temporary name and renamed. After a failed append nobody
/// knows how much of it is on disk, so the next one writes the file anew too. Not thread-safe: one caller at a time.
/// </remarks>
internal sealed class Manifest : IDisposable
{
    /// <summary>Below this the file is not written anew however little of it still holds.</summary>
    private const int MinRewriteBytes = 64 << 10;

    /// <summary>The file is written anew when it is this many times longer than its state needs.</summary>
    private const int RewriteRatio = 4;

    private readonly IFileSystem _files;
    private readonly string _folder;
    private IWritableFile? _file; // null after a failure: what is on disk is not known
    private long _lengthBytes;
    private long _rewriteAtBytes;

    private Manifest(IFileSystem files, string folder, ManifestState state)
    {
        _files = files;
        _folder = folder;
        State = state;
    }

    /// <summary>What counts now.</summary>
    public ManifestState State { get; private set; }

    /// <summary>Bytes at the end of the file that were being written when the process last stopped, and that were cut off.</summary>
    public long TornBytes { get; private init; }

    /// <summary>Opens the MANIFEST of a data folder whose lock the caller holds; creates it in a new one.</summary>
    /// <exception cref="CorruptionException">The file is damaged.</exception>
    /// <exception cref="DataFolderException">The file is missing though the folder holds data, or of a newer version.</exception>
    public static Manifest Open(IFileSystem files, string folder)
    {
        string path = Path.Combine(folder, ManifestFile.Name);
        files.DeleteFile(Path.Combine(folder, ManifestFile.TemporaryName));
        if (!files.FileExists(path))
        {
            RefuseFolderWithData(files, folder);
            var created = new Manifest(files, folder, ManifestState.Empty);
            created.Rewrite(ManifestState.Empty);
            return created;
        }

        byte[] bytes = ReadAll(files, path);
        ManifestState state = ManifestFile.Decode(bytes, path, out int lengthBytes);
        var opened = new Manifest(files, folder, state) { TornBytes = bytes.Length - lengthBytes };
        opened.Continue(lengthBytes);
        return opened;
    }

    /// <summary>Records an edit. When it throws, <see cref="State"/> is as before, and the edit may or may not be found after a restart.</summary>
    /// <exception cref="ArgumentException">The edit contradicts the state.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Append(ManifestEdit edit)
    {
        ManifestState next = State.With(edit);
        if (_file is null || _lengthBytes >= _rewriteAtBytes)
        {
            Rewrite(next);
            return;
        }

        byte[] record = ManifestRecord.Encode(edit, _lengthBytes);
        try
        {
            _file.Write(_lengthBytes, record);
            _file.Sync();
        }
        catch
        {
            Dispose();
            throw;
        }

        _lengthBytes += record.Length;
        State = next;
    }

    /// <summary>Closes the file; everything appended is on disk already.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static void RefuseFolderWithData(IFileSystem files, string folder)
    {
        foreach (string name in (string[])["blocks", "wal"])
        {
            string data = Path.Combine(folder, name);
            if (files.DirectoryExists(data) && files.List(data).Count > 0)
            {
                throw new DataFolderException(
                    folder,
                    $"The data folder {folder} holds data in {name} but no {ManifestFile.Name}: which of it counts is not known. "
                    + "Restore the file from a snapshot.");
            }
        }
    }

    private static byte[] ReadAll(IFileSystem files, string path)
    {
        using IReadableFile file = files.OpenForReading(path);
        byte[] bytes = new byte[file.LengthBytes];
        int read = file.Read(0, bytes);
        return bytes[..read];
    }

    private void Continue(int lengthBytes)
    {
        _file = _files.OpenForWriting(Path.Combine(_folder, ManifestFile.Name));
        _lengthBytes = lengthBytes;
        _rewriteAtBytes = RewriteLengthFor(ManifestFile.Encode(State.ToEdit()).Length);
        if (_file.LengthBytes > lengthBytes)
        {
            _file.SetLength(lengthBytes);
            _file.Sync();
        }
    }

    private void Rewrite(ManifestState state)
    {
        Dispose();
        string temporary = Path.Combine(_folder, ManifestFile.TemporaryName);
        string path = Path.Combine(_folder, ManifestFile.Name);
        byte[] bytes = ManifestFile.Encode(state.ToEdit());
        _files.DeleteFile(temporary);
        using (IWritableFile file = _files.CreateFile(temporary))
        {
            file.Write(0, bytes);
            file.Sync();
        }

        _files.Rename(temporary, path);
        _files.SyncDirectory(_folder);
        _file = _files.OpenForWriting(path);
        _lengthBytes = bytes.Length;
        _rewriteAtBytes = RewriteLengthFor(bytes.Length);
        State = state;
    }

    private static long RewriteLengthFor(long stateBytes) => Math.Max(MinRewriteBytes, stateBytes * RewriteRatio);
}

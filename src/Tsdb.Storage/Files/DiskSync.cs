using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tsdb.Storage.Files;

/// <summary>Makes files and directories survive a crash. Safe for concurrent use.</summary>
/// <remarks>
/// The base library can sync a file (fsync) but neither only its data (fdatasync, which saves a journal write a sync when the length did not
/// change) nor a directory; both are called in the C library where there is one.
/// </remarks>
internal static partial class DiskSync
{
    private const string CLibrary = "libc";
    private const int OpenReadOnly = 0;
    private const int Interrupted = 4;       // EINTR
    private const int InvalidArgument = 22;  // EINVAL: the file system has no sync for directories

    private static volatile bool _hasNoDataSync = !OperatingSystem.IsLinux(); // macOS: only the runtime's F_FULLFSYNC reaches the disk
    private static volatile bool _hasNoDirectorySync = OperatingSystem.IsWindows(); // NTFS journals names by itself

    /// <summary>Makes a file's bytes and length survive a crash.</summary>
    public static void SyncFile(SafeFileHandle file, string path)
    {
        if (_hasNoDataSync)
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        try
        {
            while (DataSync(file) != 0)
            {
                ThrowUnlessInterrupted(path);
            }
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            _hasNoDataSync = true;
            RandomAccess.FlushToDisk(file);
        }
    }

    /// <summary>Makes the names in a directory survive a crash.</summary>
    public static void SyncDirectory(string path)
    {
        if (_hasNoDirectorySync)
        {
            return;
        }

        try
        {
            SyncOpened(path);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            _hasNoDirectorySync = true; // nothing portable syncs a directory; the system's own order of writes has to do
        }
    }

    private static void SyncOpened(string path)
    {
        int descriptor;
        while ((descriptor = Open(path, OpenReadOnly)) < 0)
        {
            ThrowUnlessInterrupted(path);
        }

        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        while (Sync(directory) != 0)
        {
            if (Marshal.GetLastPInvokeError() == InvalidArgument)
            {
                return;
            }

            ThrowUnlessInterrupted(path);
        }
    }

    private static void ThrowUnlessInterrupted(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
        {
            throw new IOException($"{path} cannot be synced to the disk: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    [LibraryImport(CLibrary, EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport(CLibrary, EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport(CLibrary, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}

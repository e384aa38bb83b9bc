using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tsdb.Storage.Files;

/// <summary>Makes room for a file before it is written to. Safe for concurrent use.</summary>
/// <remarks>The base library reserves room only when it creates a file, so on Linux fallocate(2) is called in the C library; elsewhere there is no room in advance.</remarks>
internal static partial class DiskRoom
{
    private const string CLibrary = "libc";
    private const int Interrupted = 4;           // EINTR
    private const int NotImplemented = 38;       // ENOSYS
    private const int NotSupported = 95;         // EOPNOTSUPP: the file system cannot

    private static volatile bool _isMissing = !OperatingSystem.IsLinux();

    /// <summary>Extends a file by zeros that have their place on the disk. False where that is not to be had, and the file is as it was.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static bool TryExtend(SafeFileHandle file, string path, long offsetBytes, long lengthBytes)
    {
        if (_isMissing)
        {
            return false;
        }

        try
        {
            while (Allocate(file, mode: 0, offsetBytes, lengthBytes) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error is NotImplemented or NotSupported)
                {
                    return false;
                }

                if (error != Interrupted)
                {
                    throw new IOException($"{path} cannot be extended: {Marshal.GetPInvokeErrorMessage(error)}.", error);
                }
            }

            return true;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            _isMissing = true;
            return false;
        }
    }

    // 64-bit offsets under this name on every architecture; plain fallocate has 32-bit ones on some.
    [LibraryImport(CLibrary, EntryPoint = "fallocate64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);
}

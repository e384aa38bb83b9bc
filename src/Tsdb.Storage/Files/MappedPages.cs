using System.Runtime.InteropServices;

namespace Tsdb.Storage.Files;

/// <summary>Lets mapped pages of files leave the process. Safe for concurrent use.</summary>
internal static unsafe partial class MappedPages
{
    private const string CLibrary = "libc";
    private const int DoNotNeed = 4; // MADV_DONTNEED of Linux

    private static volatile bool _hasNoAdvice = !OperatingSystem.IsLinux(); // elsewhere the system takes pages when it needs them

    /// <summary>
    /// Gives back the pages of a file mapped for reading. Whoever reads them again, even meanwhile, finds the same bytes: in the system's cache, or in the file.
    /// </summary>
    /// <param name="start">Where the mapping begins.</param>
    /// <param name="lengthBytes">Its length.</param>
    public static void Release(byte* start, long lengthBytes)
    {
        if (_hasNoAdvice)
        {
            return;
        }

        try
        {
            // Only advice: if it is refused, the pages stay until the system needs them.
            _ = Advise(start, (nuint)lengthBytes, DoNotNeed);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            _hasNoAdvice = true;
        }
    }

    [LibraryImport(CLibrary, EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(byte* start, nuint lengthBytes, int advice);
}

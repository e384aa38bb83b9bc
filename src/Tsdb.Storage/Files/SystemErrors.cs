namespace Tsdb.Storage.Files;

/// <summary>Tells the operating system's errors apart. The runtime keeps the Windows code, or elsewhere the errno, in the exception's HResult.</summary>
internal static class SystemErrors
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsLockViolation = unchecked((int)0x80070021);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    private const int NoSpace = 28; // ENOSPC, the same number on Linux, macOS and the BSDs
    private const int LinuxQuotaExceeded = 122;
    private const int BsdQuotaExceeded = 69;
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;

    /// <summary>Says whether the disk, or the user's quota of it, is full.</summary>
    public static bool IsDiskFull(IOException error)
    {
        if (OperatingSystem.IsWindows())
        {
            return error.HResult is WindowsDiskFull or WindowsHandleDiskFull;
        }

        return error.HResult == NoSpace || error.HResult == (OperatingSystem.IsLinux() ? LinuxQuotaExceeded : BsdQuotaExceeded);
    }

    /// <summary>Says whether somebody else has the file open exclusively.</summary>
    public static bool IsSharingViolation(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is WindowsSharingViolation or WindowsLockViolation
        : error.HResult == (OperatingSystem.IsLinux() ? LinuxWouldBlock : BsdWouldBlock);
}

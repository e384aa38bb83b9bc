using System.Diagnostics;

namespace Tsdb.EndToEnd.Tests;

/// <summary>A file system of a few megabytes in memory, which can be filled up. Unmounted by <see cref="Dispose"/>.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string FillerPath => Path.Combine(_folder, "filler");

    /// <summary>Mounts one at a folder, which is created; null where this user may not.</summary>
    public static SmallDisk? TryMount(string folder, int mebibytes)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder) ? new SmallDisk(folder) : null;
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using FileStream filler = new(FillerPath, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(FillerPath);

    /// <inheritdoc/>
    public void Dispose() => Run("umount", _folder);

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such command
        }
    }
}

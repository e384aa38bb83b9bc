namespace Tsdb.Query.Tests.Scripting;

/// <summary>The folder of conformance data, which lies beside the repository or where TSDB_CONFORMANCE_DIR says.</summary>
internal static class ConformanceFolder
{
    /// <summary>The folder's path, or null when it is absent.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TSDB_CONFORMANCE_DIR") is { Length: > 0 } given)
        {
            return given;
        }

        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "TsdbServer.sln")))
        {
            directory = directory.Parent;
        }

        string? folder = directory?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "conformance") : null;
        return Directory.Exists(folder) ? folder : null;
    }
}

namespace Tsdb.Testing.Files;

/// <summary>Finds files of the repository, and of the folder of shared texts beside it, from wherever the tests run.</summary>
public static class RepositoryPaths
{
    /// <summary>The repository's root: the nearest folder above the test assembly that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of conformance data: TSDB_CONFORMANCE_DIR, or shared/conformance beside the repository. Null when there is none.</summary>
    public static string? Conformance
    {
        get
        {
            string path = Environment.GetEnvironmentVariable("TSDB_CONFORMANCE_DIR")
                ?? Path.Combine(Path.GetDirectoryName(Root)!, "shared", "conformance");
            return Directory.Exists(path) ? path : null;
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TsdbServer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"TsdbServer.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}

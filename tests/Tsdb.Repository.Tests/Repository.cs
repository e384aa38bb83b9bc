namespace Tsdb.Repository.Tests;

/// <summary>The source tree these tests read.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files of people: everything under src, tests, tools and bench that no build wrote.</summary>
    public static IEnumerable<string> SourceFiles => FilesUnder("*.cs");

    /// <summary>The project files.</summary>
    public static IEnumerable<string> ProjectFiles => FilesUnder("*.csproj");

    /// <summary>A path as people write it, from the root.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> FilesUnder(string pattern) =>
        from top in new[] { "src", "tests", "tools", "bench" }
        from file in Directory.EnumerateFiles(Path.Combine(Root, top), pattern, SearchOption.AllDirectories)
        let parts = Relative(file).Split('/')
        where !parts.Contains("bin") && !parts.Contains("obj")
        select file;

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TsdbServer.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("TsdbServer.sln lies in no folder above the tests.");
    }
}

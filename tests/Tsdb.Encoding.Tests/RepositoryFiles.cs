namespace Tsdb.Encoding.Tests;

/// <summary>Files of the repository that tests compare with the code.</summary>
internal static class RepositoryFiles
{
    private const string Solution = "TsdbServer.sln";

    /// <summary>The text of a file, its path relative to the repository's root.</summary>
    public static string Read(string path)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, Solution)))
        {
            directory = directory.Parent;
        }

        Assert.That(directory, Is.Not.Null, $"No {Solution} above {AppContext.BaseDirectory}.");
        return File.ReadAllText(Path.Combine(directory!.FullName, path));
    }
}

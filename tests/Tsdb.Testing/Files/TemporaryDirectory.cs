namespace Tsdb.Testing.Files;

/// <summary>A real directory of its own for one test, deleted with all in it on disposal.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Creates an empty directory.</summary>
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("tsdb-test-").FullName;

    /// <summary>The directory's path.</summary>
    public string Path { get; }

    /// <summary>The path of a name in the directory.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

namespace Tsdb.Testing.Files;

/// <summary>The error of a test disk that has no space left.</summary>
public sealed class DiskFullException : IOException
{
    /// <summary>Reports which file had no space.</summary>
    public DiskFullException(string path)
        : base($"{path}: no space left on the test disk.")
    {
    }
}

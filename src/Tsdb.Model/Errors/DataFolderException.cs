namespace Tsdb.Model.Errors;

/// <summary>A data folder cannot be opened: another process holds it, it is of a newer version, or it is not a data folder.</summary>
public sealed class DataFolderException : TsdbException
{
    /// <summary>Reports why the folder cannot be opened.</summary>
    /// <param name="path">The data folder.</param>
    /// <param name="message">Why, in a sentence for a person.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public DataFolderException(string path, string message, Exception? innerException = null)
        : base(message, innerException!) => Path = path;

    /// <summary>The data folder.</summary>
    public string Path { get; }
}

namespace Tsdb.Model.Errors;

/// <summary>Bytes on disk are not what was written there. Names the file and the place.</summary>
public sealed class CorruptionException : TsdbException
{
    /// <summary>Reports damage.</summary>
    /// <param name="path">The damaged file.</param>
    /// <param name="offsetBytes">Where in the file the damage was noticed.</param>
    /// <param name="detail">What was expected and what was found.</param>
    public CorruptionException(string path, long offsetBytes, string detail)
        : base($"{path} is damaged at byte {offsetBytes}: {detail}")
    {
        Path = path;
        OffsetBytes = offsetBytes;
    }

    /// <summary>The damaged file.</summary>
    public string Path { get; }

    /// <summary>Where in the file the damage was noticed.</summary>
    public long OffsetBytes { get; }
}

namespace Tsdb.Ingest.LineProtocol;

/// <summary>What <see cref="LineReader.Read"/> found.</summary>
internal enum LineStatus : byte
{
    /// <summary>A whole point.</summary>
    Point,

    /// <summary>An empty line or a comment.</summary>
    Blank,

    /// <summary>A line that breaks a rule.</summary>
    Refused,

    /// <summary>The text ends before the line does, and more text may follow.</summary>
    Incomplete,
}

namespace Tsdb.Storage.Wal;

/// <summary>A damaged range of a log that replay left out.</summary>
/// <param name="Path">The segment.</param>
/// <param name="OffsetBytes">The first damaged byte.</param>
/// <param name="EndBytes">The byte after the last; the same as the first when the file itself is missing.</param>
/// <param name="Reason">What is wrong there, to follow a colon.</param>
internal sealed record WalQuarantinedRange(string Path, long OffsetBytes, long EndBytes, string Reason);

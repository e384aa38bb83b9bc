namespace Tsdb.Ingest.RemoteWrite;

/// <summary>A series, or a sample of it, that was refused.</summary>
/// <param name="Series">The series as PromQL writes it, cut when it is long; bytes that are not UTF-8 are shown as U+FFFD.</param>
/// <param name="Reason">What is wrong with it, as part of a sentence.</param>
public sealed record RemoteWriteError(string Series, string Reason);

namespace Tsdb.Ingest;

/// <summary>One refused line of a write request.</summary>
/// <param name="Line">The line's number in the body, 1-based, counting every line feed.</param>
/// <param name="Text">The line's text, cut when it is long.</param>
/// <param name="Reason">What is wrong with it and where, as part of a sentence.</param>
public sealed record WriteError(long Line, string Text, string Reason);

namespace Tsdb.Conformance.Tests.Reading;

/// <summary><c>clear</c></summary>
internal sealed record ClearCommand(int LineNumber) : ScriptCommand(LineNumber);

namespace Tsdb.Query.Tests.Scripting;

/// <summary><c>clear</c></summary>
internal sealed record ClearCommand(int LineNumber) : ScriptCommand(LineNumber);

namespace Tsdb.Query.Tests.Scripting;

/// <summary>A command of a script.</summary>
internal abstract record ScriptCommand(int LineNumber);

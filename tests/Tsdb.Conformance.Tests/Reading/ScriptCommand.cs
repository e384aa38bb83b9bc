namespace Tsdb.Conformance.Tests.Reading;

/// <summary>A command of a script.</summary>
internal abstract record ScriptCommand(int LineNumber);

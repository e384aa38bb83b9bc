namespace Tsdb.Conformance.Tests.Reading;

/// <summary><c>load</c></summary>
internal sealed record LoadCommand(int LineNumber, long StepMs, IReadOnlyList<SeriesLine> Series, bool WithCustomBuckets) : ScriptCommand(LineNumber);

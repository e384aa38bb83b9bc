namespace Tsdb.Conformance.Tests.Running;

/// <summary>How a case went.</summary>
/// <param name="Failure">What is wrong; null when nothing is.</param>
/// <param name="Pending">Why the case cannot be judged yet; null when it can.</param>
internal sealed record Outcome(string? Failure, string? Pending);

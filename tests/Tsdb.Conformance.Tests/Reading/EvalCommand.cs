namespace Tsdb.Conformance.Tests.Reading;

/// <summary><c>eval</c></summary>
internal sealed record EvalCommand(int LineNumber, string Query, long StartMs, long EndMs, long StepMs) : ScriptCommand(LineNumber)
{
    public bool IsRange { get; init; }

    public bool IsOrdered { get; set; }

    public double? Scalar { get; set; }

    public string? Text { get; set; }

    /// <summary>The times of an expected range vector; null when none is expected.</summary>
    public (long StartMs, long StepMs)? RangeVector { get; set; }

    public List<Expectation> Expectations { get; } = [];

    public List<SeriesLine> Series { get; } = [];

    public bool MustFail => Expectations.Any(static expectation => expectation.Kind == ExpectationKind.Fail);
}

namespace Tsdb.Query.Tests.Scripting;

/// <summary>A command of a script.</summary>
internal abstract record ScriptCommand(int LineNumber);

/// <summary><c>clear</c></summary>
internal sealed record ClearCommand(int LineNumber) : ScriptCommand(LineNumber);

/// <summary><c>load</c></summary>
internal sealed record LoadCommand(int LineNumber, long StepMs, IReadOnlyList<SeriesLine> Series, bool WithCustomBuckets) : ScriptCommand(LineNumber);

/// <summary>What kind of annotation or failure a line expects.</summary>
internal enum ExpectationKind
{
    Fail,
    Warn,
    NoWarn,
    Info,
    NoInfo,
}

/// <summary>One <c>expect</c> line about a failure or an annotation.</summary>
internal sealed record Expectation(ExpectationKind Kind, string? Message, string? Pattern)
{
    public bool Matches(string text) =>
        (Message is null || text == Message) && (Pattern is null || System.Text.RegularExpressions.Regex.IsMatch(text, Pattern));
}

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

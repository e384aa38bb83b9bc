namespace Tsdb.Conformance.Tests.Reading;

/// <summary>One <c>expect</c> line about a failure or an annotation.</summary>
internal sealed record Expectation(ExpectationKind Kind, string? Message, string? Pattern)
{
    public bool Matches(string text) =>
        (Message is null || text == Message) && (Pattern is null || System.Text.RegularExpressions.Regex.IsMatch(text, Pattern));
}

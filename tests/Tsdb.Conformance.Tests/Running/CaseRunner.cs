using Tsdb.Conformance.Tests.Comparing;
using Tsdb.Conformance.Tests.Reading;
using Tsdb.Model.Errors;
using Tsdb.Query;
using Tsdb.Query.Results;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>Evaluates a case: as it stands, in range mode, and pinned by <c>@</c> at other times.</summary>
internal sealed class CaseRunner(QueryEngine engine)
{
    private const long MinuteMs = 60_000;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? FailureOf(EvalCommand eval)
    {
        try
        {
            return eval.MustFail ? FailureOfFailing(eval) : FailureOfPassing(eval);
        }
        catch (Exception exception)
        {
            return exception is TsdbException or ArgumentException ? exception.Message : exception.ToString();
        }
    }

    private string? FailureOfFailing(EvalCommand eval)
    {
        try
        {
            using QueryResult result = Execute(eval);
        }
        catch (TsdbException exception)
        {
            Expectation expected = eval.Expectations.First(static expectation => expectation.Kind == ExpectationKind.Fail);
            return expected.Matches(exception.Message) ? null : $"fails with \"{exception.Message}\" instead of \"{expected}\"";
        }

        return "should fail";
    }

    private string? FailureOfPassing(EvalCommand eval)
    {
        string? failure;
        using (QueryResult result = Execute(eval))
        {
            failure = ResultComparer.Compare(eval, result) ?? AnnotationComparer.Compare(eval, result);
        }

        return eval.IsRange ? failure : failure ?? FailureAround(eval) ?? FailureOfPinned(eval);
    }

    // The same in range mode, a minute to both sides, finds errors of step handling.
    private string? FailureAround(EvalCommand eval)
    {
        if (eval.RangeVector is not null || eval.Text is not null || DependsOnBounds(eval.Query))
        {
            return null;
        }

        using QueryResult around = engine.Range(eval.Query, eval.StartMs - MinuteMs, eval.StartMs + MinuteMs, MinuteMs);
        return eval.IsOrdered || ResultComparer.CompareMiddleStep(eval, around) is not { } failure ? null : $"in range mode: {failure}";
    }

    // Pinned to its time by @, the query must give the same at other times.
    private string? FailureOfPinned(EvalCommand eval)
    {
        if (PinnedQuery.Of(eval.Query, eval.StartMs) is not { } query)
        {
            return null;
        }

        long[] times = eval.StartMs == 0
            ? [-1000, 0, 1000]
            : [-10 * eval.StartMs, 0, eval.StartMs / 5, eval.StartMs, 10 * eval.StartMs];
        foreach (long timeMs in times)
        {
            EvalCommand pinned = eval with { Query = query, StartMs = timeMs, EndMs = timeMs };
            using QueryResult result = Execute(pinned);
            if ((ResultComparer.Compare(pinned, result) ?? FailureAround(pinned)) is { } failure)
            {
                return $"pinned as {query} at {timeMs} ms: {failure}";
            }
        }

        return null;
    }

    private QueryResult Execute(EvalCommand eval) =>
        eval.IsRange ? engine.Range(eval.Query, eval.StartMs, eval.EndMs, eval.StepMs) : engine.Instant(eval.Query, eval.StartMs);

    private static bool DependsOnBounds(string query) =>
        new[] { "start()", "end()", "range()", "step()" }.Any(bound => query.Contains(bound, StringComparison.Ordinal));
}

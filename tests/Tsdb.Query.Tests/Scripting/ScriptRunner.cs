using Tsdb.Model.Errors;
using Tsdb.Query.Errors;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax;
using Tsdb.Query.Tests.Fakes;

namespace Tsdb.Query.Tests.Scripting;

/// <summary>How one eval of a script went.</summary>
/// <param name="LineNumber">Where it stands.</param>
/// <param name="Query">Its query.</param>
/// <param name="Failure">What is wrong; null when it passed.</param>
/// <param name="IsUnsupported">True when the engine refused the query, or its data, by name.</param>
internal sealed record EvalOutcome(int LineNumber, string Query, string? Failure, bool IsUnsupported);

/// <summary>Runs scripts against a query engine over an in-memory source.</summary>
internal sealed class ScriptRunner
{
    private readonly InMemorySeriesSource _source = new();
    private readonly QueryEngine _engine;

    public ScriptRunner() => _engine = new QueryEngine(_source, new QueryEngineOptions(), TimeProvider.System);

    /// <summary>Runs every command of a script and tells how its evals went.</summary>
    public IReadOnlyList<EvalOutcome> Run(string script)
    {
        var outcomes = new List<EvalOutcome>();
        foreach (ScriptCommand command in ScriptReader.Read(script))
        {
            switch (command)
            {
                case ClearCommand:
                    _source.Clear();
                    break;
                case LoadCommand load:
                    ScriptLoader.Load(_source, load);
                    break;
                case EvalCommand eval:
                    outcomes.Add(Evaluate(eval));
                    break;
            }
        }

        return outcomes;
    }

    private EvalOutcome Evaluate(EvalCommand eval)
    {
        try
        {
            string? failure = eval.MustFail ? FailureOfFailing(eval) : FailureOf(eval);
            failure ??= _source.OpenCursors == 0 ? null : $"{_source.OpenCursors} cursors are left open";
            return new EvalOutcome(eval.LineNumber, eval.Query, failure, false);
        }
        catch (TsdbException exception) when (IsRefusalByName(exception))
        {
            return new EvalOutcome(eval.LineNumber, eval.Query, exception.Message, true);
        }
        catch (Exception exception)
        {
            return new EvalOutcome(eval.LineNumber, eval.Query, exception.ToString(), false);
        }
    }

    private static bool IsRefusalByName(TsdbException exception) => exception is UnsupportedQueryException
        || (exception is QuerySyntaxException && exception.Message.EndsWith("is not supported yet", StringComparison.Ordinal));

    private string? FailureOfFailing(EvalCommand eval)
    {
        try
        {
            using QueryResult result = Execute(eval);
        }
        catch (TsdbException exception) when (!IsRefusalByName(exception))
        {
            Expectation expected = eval.Expectations.First(static expectation => expectation.Kind == ExpectationKind.Fail);
            return expected.Matches(exception.Message) ? null : $"fails with \"{exception.Message}\" instead of \"{expected}\"";
        }

        return "should fail";
    }

    private QueryResult Execute(EvalCommand eval) =>
        eval.IsRange ? _engine.Range(eval.Query, eval.StartMs, eval.EndMs, eval.StepMs) : _engine.Instant(eval.Query, eval.StartMs);

    private string? FailureOf(EvalCommand eval)
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

        using QueryResult around = _engine.Range(eval.Query, eval.StartMs - 60_000, eval.StartMs + 60_000, 60_000);
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

    private static bool DependsOnBounds(string query) =>
        new[] { "start()", "end()", "range()", "step()" }.Any(bound => query.Contains(bound, StringComparison.Ordinal));
}

using Tsdb.Model.Errors;
using Tsdb.Model.Reading;
using Tsdb.Query.Analysis;
using Tsdb.Query.Errors;
using Tsdb.Query.Planning;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query;

/// <summary>Evaluates PromQL over a series source. Safe for concurrent use; a query runs on the calling thread.</summary>
/// <remarks>
/// A query's text becomes a syntax tree, the planner turns that into a tree of operators, and the operators pull series one by one from the
/// source, each with all its steps at once, so that only what an aggregation or a join must remember is held in memory.
/// </remarks>
public sealed class QueryEngine
{
    private readonly ISeriesSource _source;
    private readonly QueryEngineOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ParsedQueries _parsed;

    /// <summary>Creates an engine.</summary>
    /// <param name="source">Where series are found.</param>
    /// <param name="options">Limits and defaults; validated here.</param>
    /// <param name="timeProvider">The clock of the time limit.</param>
    public QueryEngine(ISeriesSource source, QueryEngineOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options.Validate();
        _source = source;
        _options = options;
        _timeProvider = timeProvider;
        _parsed = new ParsedQueries(options.Features);
    }

    /// <summary>Evaluates a query at one time.</summary>
    /// <param name="query">The PromQL text.</param>
    /// <param name="timestampMs">When, in milliseconds since the Unix epoch.</param>
    /// <param name="parameters">What the request says beside the query; null for nothing.</param>
    /// <param name="cancellationToken">Stops the query between series.</param>
    /// <returns>A scalar, string, vector or, for a range selector, a matrix of raw samples; the caller disposes it.</returns>
    /// <exception cref="Syntax.QuerySyntaxException">The query is not PromQL, or uses a part of it that is switched off.</exception>
    /// <exception cref="QueryExecutionException">The query cannot be evaluated over this data.</exception>
    /// <exception cref="UnsupportedQueryException">The query meets data of a kind that is not supported.</exception>
    /// <exception cref="LimitExceededException">The query holds more samples or bytes than it may.</exception>
    /// <exception cref="QueryTimeoutException">The query ran longer than it may.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public QueryResult Instant(
        string query, long timestampMs, QueryParameters? parameters = null, CancellationToken cancellationToken = default) =>
        Run(query, StepGrid.Single(timestampMs), timestampMs, isRangeQuery: false, parameters ?? QueryParameters.Default, cancellationToken);

    /// <summary>Evaluates a query at every step from <paramref name="startMs"/> to <paramref name="endMs"/>, both included.</summary>
    /// <param name="query">The PromQL text; its value must be a scalar or an instant vector.</param>
    /// <param name="startMs">The first step, in milliseconds since the Unix epoch.</param>
    /// <param name="endMs">The end, not before the start; the last step may lie before it.</param>
    /// <param name="stepMs">The distance between steps in milliseconds; more than 0.</param>
    /// <param name="parameters">What the request says beside the query; null for nothing.</param>
    /// <param name="cancellationToken">Stops the query between series.</param>
    /// <returns>A matrix; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The end lies before the start, or the step is not positive.</exception>
    /// <exception cref="LimitExceededException">There are more steps than a result series may have points, or as for <see cref="Instant"/>.</exception>
    /// <remarks>Other exceptions are those of <see cref="Instant"/>.</remarks>
    public QueryResult Range(
        string query, long startMs, long endMs, long stepMs, QueryParameters? parameters = null, CancellationToken cancellationToken = default)
    {
        if (stepMs <= 0)
        {
            throw new ArgumentException("zero or negative query resolution step widths are not accepted. Try a positive integer", nameof(stepMs));
        }

        if (endMs < startMs)
        {
            throw new ArgumentException("end timestamp must not be before start time", nameof(endMs));
        }

        ulong intervals = unchecked((ulong)(endMs - startMs)) / (ulong)stepMs;
        if (intervals >= (ulong)_options.MaxPointsPerSeries)
        {
            throw new LimitExceededException(
                $"exceeded maximum resolution per timeseries: the range has {(UInt128)intervals + 1} points, " +
                "try decreasing the query resolution (?step=XX)",
                _options.MaxPointsPerSeries, nameof(QueryEngineOptions.MaxPointsPerSeries));
        }

        var grid = new StepGrid(startMs, stepMs, (int)intervals + 1);
        return Run(query, grid, endMs, isRangeQuery: true, parameters ?? QueryParameters.Default, cancellationToken);
    }

    private QueryResult Run(
        string query, StepGrid grid, long endMs, bool isRangeQuery, QueryParameters parameters, CancellationToken cancellationToken)
    {
        Expression expression = _parsed.Get(query);
        TimeSpan timeout = parameters.Timeout is { } asked && asked < _options.Timeout ? asked : _options.Timeout;
        using var deadline = new CancellationTokenSource(timeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var budget = new QueryBudget(_options.MaxSamplesPerQuery, _options.MaxBytesPerQuery);
        var context = new QueryContext
        {
            Source = _source,
            Tenant = parameters.Tenant,
            QueryText = query,
            QueryGrid = grid,
            QueryEndMs = endMs,
            IsRangeQuery = isRangeQuery,
            Features = _options.Features,
            LookbackMs = (long)(parameters.Lookback ?? _options.Lookback).TotalMilliseconds,
            DefaultSubqueryStepMs = (long)_options.DefaultSubqueryStep.TotalMilliseconds,
            CancellationToken = either.Token,
            Budget = budget,
            Columns = new ColumnPool(budget),
        };
        try
        {
            return new QueryRun(context, parameters.Limit).Execute(expression);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new QueryTimeoutException(timeout);
        }
    }
}

using Tsdb.Query.Analysis;
using Tsdb.Query.Errors;
using Tsdb.Query.Operators;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>One evaluation of an expression: plans it, runs the plan, and shapes the result by what the expression is.</summary>
internal sealed class QueryRun
{
    private readonly QueryContext _context;
    private readonly QueryPlanner _planner;
    private readonly int _limit;

    /// <summary>Creates a run.</summary>
    /// <param name="context">The query.</param>
    /// <param name="limit">Most series to return; 0 for all.</param>
    public QueryRun(QueryContext context, int limit)
    {
        _context = context;
        _planner = new QueryPlanner(context);
        _limit = limit;
    }

    /// <summary>Evaluates the expression on the query's steps.</summary>
    public QueryResult Execute(Expression expression) => (ExpressionKinds.Of(expression), _context.IsRangeQuery) switch
    {
        (ValueKind.Scalar, false) => Scalar(expression),
        (ValueKind.Scalar, true) => Vector(new VectorOfScalarOperator(_context, _planner.Scalar(expression, _context.QueryGrid))),
        (ValueKind.Vector, _) => Vector(_planner.Vector(expression, _context.QueryGrid)),
        (ValueKind.Matrix, false) => Samples(expression),
        (ValueKind.String, false) => Text(expression),
        (ValueKind.Matrix, true) => throw NotForRange("range vector"),
        _ => throw NotForRange("string"),
    };

    private static QueryExecutionException NotForRange(string kind) =>
        new($"invalid expression type \"{kind}\" for range query, must be Scalar or instant Vector");

    private QueryResult Vector(VectorOperator plan)
    {
        using (plan)
        {
            QueryResultKind kind = _context.IsRangeQuery ? QueryResultKind.Matrix : QueryResultKind.Vector;
            return Result(kind, new ResultCollector(_context).Collect(plan));
        }
    }

    private QueryResult Samples(Expression expression)
    {
        using RangeOperator plan = _planner.Range(expression, _context.QueryGrid);
        return Result(QueryResultKind.Matrix, new ResultCollector(_context).CollectSamples(plan));
    }

    private QueryResult Scalar(Expression expression)
    {
        using ScalarOperator plan = _planner.Scalar(expression, _context.QueryGrid);
        Span<double> value = stackalloc double[1];
        plan.Evaluate(value);
        CloseStatistics();
        return new QueryResult(QueryResultKind.Scalar, _context.QueryGrid, [], _context) { Scalar = value[0] };
    }

    private QueryResult Text(Expression expression) =>
        new(QueryResultKind.String, _context.QueryGrid, [], _context) { Text = QueryPlanner.Text(expression) };

    private QueryResult Result(QueryResultKind kind, List<ResultSeries> series)
    {
        CloseStatistics();
        bool isTruncated = _limit > 0 && series.Count > _limit;
        if (isTruncated)
        {
            series.RemoveRange(_limit, series.Count - _limit);
        }

        return new QueryResult(kind, _context.QueryGrid, series, _context) { IsTruncated = isTruncated };
    }

    private void CloseStatistics()
    {
        _context.Statistics.PeakBytes = _context.Budget.PeakBytes;
        _context.Statistics.PeakSamples = _context.Budget.PeakSamples;
    }
}

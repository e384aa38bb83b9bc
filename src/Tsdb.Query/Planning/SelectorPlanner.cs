using Tsdb.Model.Matching;
using Tsdb.Model.Time;
using Tsdb.Query.Analysis;
using Tsdb.Query.Errors;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans selectors and subqueries: where in time each step of them looks.</summary>
internal sealed class SelectorPlanner
{
    private readonly QueryPlanner _planner;
    private readonly QueryContext _context;
    private readonly DurationEvaluator _durations;

    /// <summary>Creates the part of a planner.</summary>
    public SelectorPlanner(QueryPlanner planner)
    {
        _planner = planner;
        _context = planner.Context;
        _durations = new DurationEvaluator(planner.Context);
    }

    /// <summary>Plans an instant selector.</summary>
    public VectorOperator Instant(VectorSelector selector, StepGrid grid, SelectorYield yield)
    {
        WindowGrid windows = Windows(grid, selector.At, selector.Offset, _context.LookbackMs);
        return selector.Edges == RangeEdges.Smoothed && yield == SelectorYield.Values
            ? new SmoothedSelectorOperator(_context, selector.Matchers, windows with { Edges = RangeEdges.Smoothed, ReachNs = windows.LengthNs })
            : new InstantSelectorOperator(_context, selector.Matchers, windows, yield);
    }

    /// <summary>Plans a range selector.</summary>
    public RangeSelectorOperator Range(MatrixSelector matrix, StepGrid grid)
    {
        WindowGrid windows = Windows(grid, matrix.Selector.At, matrix.Selector.Offset, _durations.Positive(matrix.Range));
        return new RangeSelectorOperator(
            _context, matrix.Selector.Matchers,
            windows with { Edges = matrix.Selector.Edges, ReachNs = Timestamps.FromMilliseconds(_context.LookbackMs) });
    }

    /// <summary>Plans a subquery. Its own steps are multiples of its step in absolute time, from just after the first window's left edge.</summary>
    public SubqueryOperator Subquery(Subquery subquery, StepGrid grid)
    {
        long rangeMs = _durations.Positive(subquery.Range);
        long stepMs = subquery.Step is null ? _context.DefaultSubqueryStepMs : _durations.Positive(subquery.Step);
        WindowGrid windows = Windows(grid, subquery.At, subquery.Offset, rangeMs);
        long endMs = (windows.FixedMs ?? grid.EndMs) - windows.OffsetMs;
        long beforeMs = (windows.FixedMs ?? grid.StartMs) - windows.OffsetMs - rangeMs;
        long firstMs = (FloorDivide(beforeMs, stepMs) + 1) * stepMs;
        long count = firstMs > endMs ? 0 : ((endMs - firstMs) / stepMs) + 1;
        if (count > int.MaxValue)
        {
            throw new QueryExecutionException(
                $"{_context.PositionOf(subquery.Span)}: the subquery has {count} steps; use a longer step or a shorter range.");
        }

        var innerGrid = new StepGrid(firstMs, stepMs, (int)count);
        return new SubqueryOperator(_context, InnerOf(subquery, innerGrid), windows);
    }

    /// <summary>Plans the info series of a call of <c>info</c>: they are looked at when the first selector of its argument looks.</summary>
    public InstantSelectorOperator InfoSeries(Expression argument, IReadOnlyList<LabelMatcher> matchers, StepGrid grid)
    {
        long? fixedMs = null;
        long offsetMs = 0;
        for (Expression? node = argument; node is not null; node = FirstWithSelector(node))
        {
            (AtModifier? at, Duration? offset) = node switch
            {
                VectorSelector selector => (selector.At, selector.Offset),
                Subquery subquery => (subquery.At, subquery.Offset),
                _ => (null, null),
            };
            WindowGrid place = Windows(grid, at, offset, 0);
            offsetMs = place.FixedMs is null ? offsetMs + place.OffsetMs : place.OffsetMs;
            fixedMs = place.FixedMs ?? fixedMs;
        }

        var windows = new WindowGrid(grid, fixedMs, offsetMs, Timestamps.FromMilliseconds(_context.LookbackMs));
        return new InstantSelectorOperator(_context, matchers, windows, SelectorYield.Timestamps);
    }

    private static Expression? FirstWithSelector(Expression node) => TreeWalk.Children(node)
        .FirstOrDefault(static child => TreeWalk.SelfAndDescendants(child).Any(static descendant => descendant is VectorSelector));

    private VectorOperator InnerOf(Subquery subquery, StepGrid grid) =>
        grid.Count == 0 ? new EmptyOperator(_context, grid)
        : ExpressionKinds.Of(subquery.Inner) == ValueKind.Scalar ? new VectorOfScalarOperator(_context, _planner.Scalar(subquery.Inner, grid))
        : _planner.Vector(subquery.Inner, grid);

    private WindowGrid Windows(StepGrid grid, AtModifier? at, Duration? offset, long lengthMs)
    {
        long? fixedMs = at?.Point switch
        {
            null => null,
            AtPoint.Start => _context.QueryGrid.StartMs,
            AtPoint.End => _context.QueryEndMs,
            _ => at.TimestampMs,
        };
        return new WindowGrid(grid, fixedMs, _durations.Offset(offset), Timestamps.FromMilliseconds(lengthMs));
    }

    private static long FloorDivide(long dividend, long divisor)
    {
        long quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }
}

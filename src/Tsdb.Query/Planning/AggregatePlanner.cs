using Tsdb.Query.Aggregations;
using Tsdb.Query.Errors;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans aggregations over series.</summary>
internal sealed class AggregatePlanner
{
    private readonly QueryPlanner _planner;
    private readonly QueryContext _context;

    /// <summary>Creates the part of a planner.</summary>
    public AggregatePlanner(QueryPlanner planner)
    {
        _planner = planner;
        _context = planner.Context;
    }

    /// <summary>Plans an aggregation over a grid.</summary>
    public VectorOperator Vector(Aggregate aggregate, StepGrid grid)
    {
        VectorOperator input = _planner.Vector(aggregate.Inner, grid);
        var grouping = new LabelProjection(aggregate.Grouping, keepsListed: !aggregate.Without);
        return aggregate.Operator switch
        {
            AggregateOperator.TopK => new TopKOperator(_context, input, grouping, Parameter(aggregate, grid), keepsLargest: true),
            AggregateOperator.BottomK => new TopKOperator(_context, input, grouping, Parameter(aggregate, grid), keepsLargest: false),
            AggregateOperator.CountValues => new CountValuesOperator(_context, input, grouping, LabelName(aggregate.Parameter!)),
            AggregateOperator.LimitK => new LimitKOperator(_context, input, grouping, Parameter(aggregate, grid)),
            AggregateOperator.LimitRatio => new LimitRatioOperator(
                _context, input, Parameter(aggregate, grid), _context.PositionOf(aggregate.Parameter!.Span)),
            AggregateOperator.Quantile => Quantile(aggregate, input, grouping, grid),
            _ => new GroupingOperator(_context, input, grouping, NewGroup(aggregate.Operator, grid.Count), null),
        };
    }

    private Func<GroupAccumulator> NewGroup(AggregateOperator op, int steps)
    {
        ColumnPool pool = _context.Columns;
        return op switch
        {
            AggregateOperator.Sum => () => new SumAccumulator(pool, steps),
            AggregateOperator.Avg => () => new AvgAccumulator(pool, _context.Budget, steps),
            AggregateOperator.Count => () => new CountAccumulator(pool, steps, isGroup: false),
            AggregateOperator.Group => () => new CountAccumulator(pool, steps, isGroup: true),
            AggregateOperator.Min => () => new ExtremeAccumulator(pool, steps, isMax: false),
            AggregateOperator.Max => () => new ExtremeAccumulator(pool, steps, isMax: true),
            AggregateOperator.StdDev => () => new VarianceAccumulator(pool, steps, isDeviation: true),
            AggregateOperator.StdVar => () => new VarianceAccumulator(pool, steps, isDeviation: false),
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };
    }

    private GroupingOperator Quantile(Aggregate aggregate, VectorOperator input, LabelProjection grouping, StepGrid grid)
    {
        ScalarValues quantile = Parameter(aggregate, grid);
        return new GroupingOperator(_context, input, grouping, NewQuantileGroup, quantile);

        QuantileAccumulator NewQuantileGroup()
        {
            _context.Annotations.WarnAboutQuantiles(quantile.Values, _context.PositionOf(aggregate.Parameter!.Span));
            return new QuantileAccumulator(_context.Columns, grid.Count, quantile);
        }
    }

    // The parser decodes bytes that are no text as U+FFFD; the refusal shows what was written.
    private string LabelName(Expression parameter)
    {
        string name = QueryPlanner.Text(parameter);
        TextSpan written = Parentheses.Unwrap(parameter).Span;
        return name.Length > 0 && !name.Contains('\uFFFD')
            ? name
            : throw new QueryExecutionException($"invalid label name {_context.QueryText[written.Start..written.End]}");
    }

    private ScalarValues Parameter(Aggregate aggregate, StepGrid grid) => _planner.ScalarArgument(aggregate.Parameter!, grid);
}

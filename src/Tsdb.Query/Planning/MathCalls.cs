using Tsdb.Query.Functions;
using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Plans functions that change each value on its own.</summary>
internal static class MathCalls
{
    /// <summary>How to plan each function.</summary>
    public static IReadOnlyDictionary<string, CallPlanner.FunctionPlan> Plans { get; } = new Dictionary<string, CallPlanner.FunctionPlan>
    {
        ["abs"] = OfVector<AbsFunction>,
        ["ceil"] = OfVector<CeilFunction>,
        ["floor"] = OfVector<FloorFunction>,
        ["sgn"] = OfVector<SgnFunction>,
        ["exp"] = OfVector<ExpFunction>,
        ["ln"] = OfVector<LnFunction>,
        ["log2"] = OfVector<Log2Function>,
        ["log10"] = OfVector<Log10Function>,
        ["sqrt"] = OfVector<SqrtFunction>,
        ["sin"] = OfVector<SinFunction>,
        ["cos"] = OfVector<CosFunction>,
        ["tan"] = OfVector<TanFunction>,
        ["asin"] = OfVector<AsinFunction>,
        ["acos"] = OfVector<AcosFunction>,
        ["atan"] = OfVector<AtanFunction>,
        ["sinh"] = OfVector<SinhFunction>,
        ["cosh"] = OfVector<CoshFunction>,
        ["tanh"] = OfVector<TanhFunction>,
        ["asinh"] = OfVector<AsinhFunction>,
        ["acosh"] = OfVector<AcoshFunction>,
        ["atanh"] = OfVector<AtanhFunction>,
        ["rad"] = OfVector<RadFunction>,
        ["deg"] = OfVector<DegFunction>,
        ["minute"] = OfVectorOrTime<MinuteFunction>,
        ["hour"] = OfVectorOrTime<HourFunction>,
        ["day_of_week"] = OfVectorOrTime<DayOfWeekFunction>,
        ["day_of_month"] = OfVectorOrTime<DayOfMonthFunction>,
        ["day_of_year"] = OfVectorOrTime<DayOfYearFunction>,
        ["days_in_month"] = OfVectorOrTime<DaysInMonthFunction>,
        ["month"] = OfVectorOrTime<MonthFunction>,
        ["year"] = OfVectorOrTime<YearFunction>,
        ["clamp"] = static (planner, call, grid) => Clamp(planner, call, grid, min: 1, max: 2),
        ["clamp_min"] = static (planner, call, grid) => Clamp(planner, call, grid, min: 1, max: 0),
        ["clamp_max"] = static (planner, call, grid) => Clamp(planner, call, grid, min: 0, max: 1),
        ["round"] = Round,
    };

    private static MathOperator<TFunction> OfVector<TFunction>(QueryPlanner planner, Call call, StepGrid grid)
        where TFunction : struct, IMathFunction => new(planner.Context, planner.Vector(call.Arguments[0], grid));

    private static MathOperator<TFunction> OfVectorOrTime<TFunction>(QueryPlanner planner, Call call, StepGrid grid)
        where TFunction : struct, IMathFunction => call.Arguments.IsEmpty
            ? new(planner.Context, new VectorOfScalarOperator(planner.Context, new TimeScalar(grid)))
            : OfVector<TFunction>(planner, call, grid);

    // Argument 0 is the vector, so 0 stands for a bound the function does not have.
    private static ClampOperator Clamp(QueryPlanner planner, Call call, StepGrid grid, int min, int max) => new(
        planner.Context,
        planner.Vector(call.Arguments[0], grid),
        min == 0 ? null : planner.ScalarArgument(call.Arguments[min], grid),
        max == 0 ? null : planner.ScalarArgument(call.Arguments[max], grid));

    private static RoundOperator Round(QueryPlanner planner, Call call, StepGrid grid)
    {
        ScalarValues toNearest = call.Arguments.Length > 1
            ? planner.ScalarArgument(call.Arguments[1], grid)
            : new ScalarValues(planner.Context, new ConstantScalar(grid, 1));
        return new RoundOperator(planner.Context, planner.Vector(call.Arguments[0], grid), toNearest);
    }
}

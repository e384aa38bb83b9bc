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
        ["abs"] = OfVector<RoundingFunctions.Abs>,
        ["ceil"] = OfVector<RoundingFunctions.Ceil>,
        ["floor"] = OfVector<RoundingFunctions.Floor>,
        ["sgn"] = OfVector<RoundingFunctions.Sgn>,
        ["exp"] = OfVector<PowerFunctions.Exp>,
        ["ln"] = OfVector<PowerFunctions.Ln>,
        ["log2"] = OfVector<PowerFunctions.Log2>,
        ["log10"] = OfVector<PowerFunctions.Log10>,
        ["sqrt"] = OfVector<PowerFunctions.Sqrt>,
        ["sin"] = OfVector<TrigonometricFunctions.Sin>,
        ["cos"] = OfVector<TrigonometricFunctions.Cos>,
        ["tan"] = OfVector<TrigonometricFunctions.Tan>,
        ["asin"] = OfVector<TrigonometricFunctions.Asin>,
        ["acos"] = OfVector<TrigonometricFunctions.Acos>,
        ["atan"] = OfVector<TrigonometricFunctions.Atan>,
        ["sinh"] = OfVector<HyperbolicFunctions.Sinh>,
        ["cosh"] = OfVector<HyperbolicFunctions.Cosh>,
        ["tanh"] = OfVector<HyperbolicFunctions.Tanh>,
        ["asinh"] = OfVector<HyperbolicFunctions.Asinh>,
        ["acosh"] = OfVector<HyperbolicFunctions.Acosh>,
        ["atanh"] = OfVector<HyperbolicFunctions.Atanh>,
        ["rad"] = OfVector<TrigonometricFunctions.Rad>,
        ["deg"] = OfVector<TrigonometricFunctions.Deg>,
        ["minute"] = OfVectorOrTime<CalendarFunctions.Minute>,
        ["hour"] = OfVectorOrTime<CalendarFunctions.Hour>,
        ["day_of_week"] = OfVectorOrTime<CalendarFunctions.DayOfWeek>,
        ["day_of_month"] = OfVectorOrTime<CalendarFunctions.DayOfMonth>,
        ["day_of_year"] = OfVectorOrTime<CalendarFunctions.DayOfYear>,
        ["days_in_month"] = OfVectorOrTime<CalendarFunctions.DaysInMonth>,
        ["month"] = OfVectorOrTime<CalendarFunctions.Month>,
        ["year"] = OfVectorOrTime<CalendarFunctions.Year>,
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

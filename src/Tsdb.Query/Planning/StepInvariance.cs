using System.Collections.Frozen;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>Finds expressions whose value is the same at every step, because <c>@</c> pins all they read: they are evaluated once.</summary>
internal static class StepInvariance
{
    // Their result depends on the step's time, or on the time of the samples they are given, however those are pinned.
    private static readonly FrozenSet<string> TimeDependentFunctions = FrozenSet.ToFrozenSet(
    [
        "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year", "predict_linear", "time", "timestamp",
    ]);

    /// <summary>Says whether an expression has the same value at every step.</summary>
    public static bool Holds(Expression expression) => expression switch
    {
        NumberLiteral or StringLiteral => true,
        VectorSelector selector => selector.At is not null,
        MatrixSelector matrix => matrix.Selector.At is not null,
        Subquery subquery => subquery.At is not null,
        Paren paren => Holds(paren.Inner),
        Unary unary => Holds(unary.Operand),
        Aggregate aggregate => Holds(aggregate.Inner) && (aggregate.Parameter is null || Holds(aggregate.Parameter)),
        Binary binary => Holds(binary.Left) && Holds(binary.Right),
        Call call => !TimeDependentFunctions.Contains(call.Function) && call.Arguments.All(Holds),
        _ => false,
    };
}

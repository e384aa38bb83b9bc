using System.Collections.Frozen;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>The signatures of all functions of PromQL (Prometheus 3.14, experimental ones included).</summary>
public static class FunctionTable
{
    private const ValueKind Scalar = ValueKind.Scalar;
    private const ValueKind Vector = ValueKind.Vector;
    private const ValueKind Matrix = ValueKind.Matrix;
    private const ValueKind Text = ValueKind.String;

    private static readonly FrozenSet<string> Experimental = FrozenSet.ToFrozenSet(
    [
        "info", "histogram_quantiles", "mad_over_time", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_min_over_time",
        "ts_of_max_over_time", "sort_by_label", "sort_by_label_desc", "double_exponential_smoothing", "start_timestamp", "max_of", "min_of",
        "start", "end", "range", "step",
    ]);

    private static readonly FrozenDictionary<string, FunctionSignature> Signatures = new[]
    {
        Functions("abs absent ceil exp floor ln log10 log2 sgn sqrt", Vector, Vector),
        Functions("acos acosh asin asinh atan atanh cos cosh deg rad sin sinh tan tanh", Vector, Vector),
        Functions("sort sort_desc timestamp start_timestamp", Vector, Vector),
        Functions("histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar", Vector, Vector),
        Functions("absent_over_time avg_over_time count_over_time first_over_time last_over_time mad_over_time", Vector, Matrix),
        Functions("max_over_time min_over_time present_over_time stddev_over_time stdvar_over_time sum_over_time", Vector, Matrix),
        Functions("ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time", Vector, Matrix),
        Functions("changes delta deriv idelta increase irate rate resets", Vector, Matrix),
        Functions("predict_linear", Vector, Matrix, Scalar),
        Functions("quantile_over_time", Vector, Scalar, Matrix),
        Functions("double_exponential_smoothing", Vector, Matrix, Scalar, Scalar),
        Functions("clamp", Vector, Vector, Scalar, Scalar),
        Functions("clamp_max clamp_min", Vector, Vector, Scalar),
        Functions("histogram_fraction", Vector, Scalar, Scalar, Vector),
        Functions("histogram_quantile", Vector, Scalar, Vector),
        Functions("label_replace", Vector, Vector, Text, Text, Text, Text),
        Functions("vector", Vector, Scalar),
        Functions("scalar", Scalar, Vector),
        Functions("time pi start end range step", Scalar),
        Functions("min_of max_of", Scalar, Scalar, Scalar),
        Variadic("days_in_month day_of_month day_of_week day_of_year hour minute month year", 0, 1, Vector, Vector),
        Variadic("round", 1, 2, Vector, Vector, Scalar),
        Variadic("info", 1, 2, Vector, Vector, Vector),
        Variadic("label_join", 3, FunctionSignature.Unlimited, Vector, Vector, Text, Text, Text),
        Variadic("sort_by_label sort_by_label_desc", 1, FunctionSignature.Unlimited, Vector, Vector, Text),
        Variadic("histogram_quantiles", 3, 12, Vector, Vector, Text, Scalar),
    }.SelectMany(static group => group).ToFrozenDictionary(static signature => signature.Name, StringComparer.Ordinal);

    /// <summary>All functions, in no order.</summary>
    public static IReadOnlyCollection<FunctionSignature> All => Signatures.Values;

    /// <summary>The signature of a function; null when there is no such function.</summary>
    public static FunctionSignature? Find(string name) => Signatures.GetValueOrDefault(name);

    private static IEnumerable<FunctionSignature> Functions(string names, ValueKind returns, params ValueKind[] arguments) =>
        Variadic(names, arguments.Length, arguments.Length, returns, arguments);

    private static IEnumerable<FunctionSignature> Variadic(string names, int min, int max, ValueKind returns, params ValueKind[] arguments) =>
        names.Split(' ').Select(name => new FunctionSignature(name, [.. arguments], min, max, returns)
        {
            IsExperimental = Experimental.Contains(name),
        });
}

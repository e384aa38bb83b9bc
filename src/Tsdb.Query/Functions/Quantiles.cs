using System.Globalization;

namespace Tsdb.Query.Functions;

/// <summary>Quantiles of a set of values, interpolated linearly between the two nearest.</summary>
internal static class Quantiles
{
    /// <summary>The quantile <paramref name="q"/> of the values, which it sorts in place; NaN sorts below every number.</summary>
    /// <returns>NaN without values or when q is NaN; -Inf below 0, +Inf above 1.</returns>
    public static double Of(double q, Span<double> values)
    {
        if (values.IsEmpty || double.IsNaN(q))
        {
            return double.NaN;
        }

        if (q is < 0 or > 1)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        values.Sort();
        double rank = q * (values.Length - 1);
        double lower = Math.Max(0, Math.Floor(rank));
        double upper = Math.Min(values.Length - 1, lower + 1);
        double weight = rank - Math.Floor(rank);
        return (values[(int)lower] * (1 - weight)) + (values[(int)upper] * weight);
    }

    /// <summary>Says whether <paramref name="q"/> deserves a warning.</summary>
    public static bool IsOutOfRange(double q) => double.IsNaN(q) || q is < 0 or > 1;

    /// <summary>The quantile as the value of a label, in the form OpenMetrics gives numbers: <c>1.0</c>, <c>0.25</c>, <c>1e-05</c>.</summary>
    public static string LabelFor(double q)
    {
        string text = Math.Abs(q) is > 0 and < 1e-4
            ? q.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e')
            : Results.PrometheusNumber.ToText(q);
        return double.IsFinite(q) && text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : text;
    }

    /// <summary>The warning about such a quantile.</summary>
    public static string WarningFor(double q) =>
        $"quantile value should be between 0 and 1, got {Results.PrometheusNumber.ToText(q)}";
}

using Tsdb.Conformance.Tests.Reading;
using Tsdb.Model.Labels;
using Tsdb.Model.Time;
using Tsdb.Query.Results;

namespace Tsdb.Conformance.Tests.Comparing;

/// <summary>Compares a result with what a script expects.</summary>
internal static class ResultComparer
{
    /// <summary>What differs; null when nothing does.</summary>
    public static string? Compare(EvalCommand eval, QueryResult result)
    {
        if (eval.Text is not null)
        {
            return result.Text == eval.Text ? null : $"gives the string \"{result.Text}\"";
        }

        if (eval.Scalar is { } scalar)
        {
            return CompareScalar(scalar, eval, result);
        }

        QueryResultKind kind = eval.IsRange || eval.RangeVector is not null ? QueryResultKind.Matrix : QueryResultKind.Vector;
        if (result.Kind != kind)
        {
            return $"gives a {result.Kind} instead of a {kind}";
        }

        string? failure = CompareSeries(eval, result, static point => point);
        return failure ?? (eval.IsRange || eval.IsOrdered ? CompareOrder(eval, result) : null);
    }

    /// <summary>Compares the middle one of three steps with what is expected of an instant query.</summary>
    public static string? CompareMiddleStep(EvalCommand eval, QueryResult result)
    {
        if (eval.Scalar is { } scalar)
        {
            return result.Series.Count == 1 && PointsOf(result.Series[0]).TryGetValue(eval.StartMs, out double value) && FloatComparer.AreEqual(value, scalar)
                ? null
                : "gives another scalar";
        }

        return CompareSeries(eval, result, points => points.Where(point => point.Key == eval.StartMs).ToDictionary());
    }

    private static string? CompareScalar(double expected, EvalCommand eval, QueryResult result) =>
        eval.IsRange ? "is a range query, which gives no scalar"
        : result.Kind != QueryResultKind.Scalar ? $"gives a {result.Kind} instead of a scalar"
        : FloatComparer.AreEqual(result.Scalar, expected) ? null
        : $"gives {result.Scalar} instead of {expected}";

    private static string? CompareSeries(
        EvalCommand eval, QueryResult result, Func<Dictionary<long, double>, Dictionary<long, double>> choosePoints)
    {
        var actual = new Dictionary<LabelSet, Dictionary<long, double>>();
        foreach (ResultSeries series in result.Series)
        {
            Dictionary<long, double> points = choosePoints(PointsOf(series));
            if (points.Count > 0 && !actual.TryAdd(series.Labels, points))
            {
                return $"gives {series.Labels} twice";
            }
        }

        foreach (SeriesLine expected in eval.Series)
        {
            Dictionary<long, double> points = ExpectedPoints(eval, expected);
            if (!actual.Remove(expected.Labels, out Dictionary<long, double>? found))
            {
                if (points.Count > 0)
                {
                    return $"lacks {expected.Labels}; has {string.Join(" ", result.Series.Select(static series => series.Labels))}";
                }

                continue;
            }

            foreach (long timestampMs in points.Keys.Union(found.Keys))
            {
                bool isExpected = points.TryGetValue(timestampMs, out double value);
                bool isFound = found.TryGetValue(timestampMs, out double other);
                if (!isExpected || !isFound || !FloatComparer.AreEqual(value, other))
                {
                    return $"gives {(isFound ? other : "nothing")} for {expected.Labels} at {timestampMs} instead of {(isExpected ? value : "nothing")}";
                }
            }
        }

        return actual.Count == 0 ? null : $"gives the unexpected series {string.Join(" ", actual.Keys)}";
    }

    private static string? CompareOrder(EvalCommand eval, QueryResult result)
    {
        LabelSet[] actual = [.. result.Series.Select(static series => series.Labels)];
        LabelSet[] expected = eval.IsOrdered ? [.. eval.Series.Select(static series => series.Labels)] : [.. actual.Order()];
        return actual.SequenceEqual(expected) ? null : $"gives the order {string.Join(" ", actual.AsEnumerable())}";
    }

    private static Dictionary<long, double> ExpectedPoints(EvalCommand eval, SeriesLine series)
    {
        (long startMs, long stepMs) = eval.RangeVector ?? (eval.StartMs, eval.StepMs);
        var points = new Dictionary<long, double>();
        for (int i = 0; i < series.Items.Count; i++)
        {
            if (series.Items[i].Value is { } value)
            {
                points.Add(startMs + (i * stepMs), value);
            }
        }

        return points;
    }

    private static Dictionary<long, double> PointsOf(ResultSeries series)
    {
        var points = new Dictionary<long, double>();
        foreach (ResultPoint point in series)
        {
            points.Add(Timestamps.ToMilliseconds(point.TimestampNs), point.Value);
        }

        return points;
    }
}

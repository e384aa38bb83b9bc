using System.Globalization;
using System.Text.Json;
using Tsdb.Model.Labels;
using Tsdb.Query.Results;

namespace Tsdb.Comparison.Tests;

/// <summary>The answer to a query in one form, whoever gave it: series by their labels, points by their time.</summary>
public sealed class Answer
{
    private readonly SortedDictionary<string, SortedDictionary<long, double>> _series = new(StringComparer.Ordinal);

    /// <summary>Reads the <c>data</c> of a Prometheus HTTP answer.</summary>
    public static Answer OfPrometheus(JsonElement data)
    {
        var answer = new Answer();
        JsonElement result = data.GetProperty("result");
        if (data.GetProperty("resultType").GetString() == "scalar")
        {
            answer.Add("scalar", result);
            return answer;
        }

        foreach (JsonElement series in result.EnumerateArray())
        {
            string labels = LabelSet.Of([.. series.GetProperty("metric").EnumerateObject().Select(label => (label.Name, label.Value.GetString()!))]).ToString();
            if (series.TryGetProperty("value", out JsonElement value))
            {
                answer.Add(labels, value);
                continue;
            }

            foreach (JsonElement point in series.GetProperty("values").EnumerateArray())
            {
                answer.Add(labels, point);
            }
        }

        return answer;
    }

    /// <summary>Reads an answer of our own.</summary>
    public static Answer OfOurs(QueryResult result)
    {
        var answer = new Answer();
        if (result.Kind == QueryResultKind.Scalar)
        {
            answer.Add("scalar", result.StepTimeMs(0), result.Scalar);
        }

        foreach (ResultSeries series in result.Series)
        {
            foreach (ResultPoint point in series)
            {
                answer.Add(series.Labels.ToString(), result.StepTimeMs(point.Step), point.Value);
            }
        }

        return answer;
    }

    /// <summary>Says where two answers differ: a series or point one lacks, or values further apart than 10⁻⁹ of their size; empty when nowhere.</summary>
    public IEnumerable<string> DifferencesTo(Answer expected)
    {
        foreach (string labels in _series.Keys.Union(expected._series.Keys))
        {
            SortedDictionary<long, double> points = _series.GetValueOrDefault(labels, []);
            SortedDictionary<long, double> expectedPoints = expected._series.GetValueOrDefault(labels, []);
            foreach (long timeMs in points.Keys.Union(expectedPoints.Keys))
            {
                bool has = points.TryGetValue(timeMs, out double value);
                bool expects = expectedPoints.TryGetValue(timeMs, out double expectedValue);
                if (has != expects || !IsClose(value, expectedValue))
                {
                    yield return $"{labels} at {timeMs} ms: {(has ? $"{value:R}" : "nothing")}, expected {(expects ? $"{expectedValue:R}" : "nothing")}";
                }
            }
        }
    }

    /// <summary>How many points there are.</summary>
    public int PointCount => _series.Values.Sum(points => points.Count);

    private static bool IsClose(double left, double right) =>
        left.Equals(right) || Math.Abs(left - right) <= 1e-9 * Math.Max(Math.Abs(left), Math.Abs(right));

    private static double ParseValue(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private void Add(string labels, JsonElement point) =>
        Add(labels, (long)Math.Round(point[0].GetDouble() * 1000), ParseValue(point[1].GetString()!));

    private void Add(string labels, long timeMs, double value)
    {
        if (!_series.TryGetValue(labels, out SortedDictionary<long, double>? points))
        {
            _series.Add(labels, points = []);
        }

        points.Add(timeMs, value);
    }
}

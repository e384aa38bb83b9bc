using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Tsdb.Tool.Querying;

/// <summary>Lays out the data of a query's answer as a table.</summary>
internal static class QueryTable
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFF";

    /// <summary>One row for each series; a range's samples are summed up and drawn.</summary>
    /// <param name="data">The <c>data</c> of the answer: resultType and result.</param>
    public static Table Of(JsonElement data)
    {
        JsonElement result = data.GetProperty("result");
        Table table = new Table().RoundedBorder();
        switch (data.GetProperty("resultType").GetString())
        {
            case "matrix":
                table.AddColumns("series", "samples", "min", "max", "last", "at", "");
                foreach (JsonElement series in result.EnumerateArray())
                {
                    AddRange(table, series);
                }

                break;
            case "vector":
                table.AddColumns("series", "value", "at");
                foreach (JsonElement series in result.EnumerateArray())
                {
                    if (series.TryGetProperty("value", out JsonElement sample))
                    {
                        AddRow(table, SeriesName.Of(series.GetProperty("metric")), Value(sample), Time(sample));
                    }
                }

                break;
            default:
                table.AddColumns("value", "at");
                AddRow(table, Value(result), Time(result));
                break;
        }

        return table;
    }

    private static void AddRange(Table table, JsonElement series)
    {
        if (!series.TryGetProperty("values", out JsonElement samples))
        {
            return;
        }

        double[] values = [.. samples.EnumerateArray().Select(sample => Number(Value(sample)))];
        JsonElement last = samples[samples.GetArrayLength() - 1];
        double[] numbers = [.. values.Where(value => !double.IsNaN(value))];
        AddRow(
            table,
            SeriesName.Of(series.GetProperty("metric")),
            values.Length.ToString(CultureInfo.InvariantCulture),
            numbers.Length == 0 ? "NaN" : Text(numbers.Min()),
            numbers.Length == 0 ? "NaN" : Text(numbers.Max()),
            Value(last),
            Time(last),
            Sparkline.Of(values));
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(cell))]);

    private static string Value(JsonElement sample) => sample[1].GetString()!;

    private static string Time(JsonElement sample) =>
        DateTimeOffset.UnixEpoch.AddSeconds(sample[0].GetDouble()).ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Text(double value) => double.IsInfinity(value)
        ? (value > 0 ? "+Inf" : "-Inf")
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

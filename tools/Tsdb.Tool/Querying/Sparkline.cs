namespace Tsdb.Tool.Querying;

/// <summary>Draws numbers as a row of bars.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int MaxWidth = 30;

    /// <summary>One bar for each value, or for the mean of several when there are many; a space where there is none.</summary>
    public static string Of(IReadOnlyList<double> values)
    {
        int width = Math.Min(MaxWidth, values.Count);
        double[] columns = new double[width];
        for (int column = 0; column < width; column++)
        {
            int from = column * values.Count / width;
            int to = (column + 1) * values.Count / width;
            columns[column] = values.Skip(from).Take(to - from).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        }

        double[] drawn = [.. columns.Where(double.IsFinite)];
        double min = drawn.DefaultIfEmpty(0).Min();
        double span = drawn.DefaultIfEmpty(0).Max() - min;
        return string.Concat(columns.Select(value => double.IsNaN(value) ? ' ' : Bars[span == 0 ? 0 : (int)((value - min) / span * (Bars.Length - 1))]));
    }
}

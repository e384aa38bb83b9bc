using System.Globalization;
using System.Text;
using Tsdb.Embedded;
using Tsdb.Model.Matching;
using Tsdb.Model.Samples;
using Tsdb.Query.Results;

namespace Tsdb.Comparison.Tests;

/// <summary>Writes a database as OpenMetrics text, the form in which promtool makes blocks of old samples.</summary>
internal static class OpenMetricsExport
{
    public static async Task WriteAsync(TimeSeriesDatabase database, string path)
    {
        var series = new List<Series>();
        await foreach (Series one in database.SelectAsync([new LabelMatcher(Model.Matching.MatchType.NotEqual, "__name__", "")], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200)))
        {
            series.Add(one);
        }

        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (Series one in series.OrderBy(one => one.Labels))
        {
            string labels = one.Labels.ToString();
            foreach (Sample sample in one.Samples)
            {
                string seconds = (sample.TimestampNs / 1e9).ToString("F3", CultureInfo.InvariantCulture);
                await file.WriteLineAsync($"{labels} {PrometheusNumber.ToText(sample.Value)} {seconds}");
            }
        }

        await file.WriteLineAsync("# EOF");
    }
}

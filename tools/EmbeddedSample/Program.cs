using Tsdb.Embedded;
using Tsdb.Model.Labels;
using Tsdb.Query.Results;

// A database in this process: write, query, read back. Run it twice: the samples of the first run are still there.
await using TimeSeriesDatabase db = await TimeSeriesDatabase.OpenAsync("sample-data");
DateTimeOffset now = DateTimeOffset.UtcNow;

var batch = new SampleBatch();
LabelSet counter = LabelSet.OfMetric("http_requests_total", ("host", "a"));
for (int second = 300; second >= 0; second--)
    batch.Add(counter, now.AddSeconds(-second), (300 - second) * 7);
await db.WriteAsync(batch);                                                  // on disk when this returns
db.WriteLineProtocol("cpu,host=a usage=12.5\ncpu,host=b usage=87.5\n"u8);    // visible at once

foreach (string query in new[] { "rate(http_requests_total[1m])", "avg(cpu_usage)", "max by (host) (cpu_usage) > 50" })
{
    using QueryResult result = await db.QueryAsync(query, DateTimeOffset.UtcNow);
    foreach (ResultSeries series in result.Series)
        foreach (ResultPoint point in series)
            Console.WriteLine($"{query}  =>  {series.Labels} {point.Value}");
}

long samples = 0;
await foreach (Series series in db.SelectAsync([], DateTimeOffset.MinValue, DateTimeOffset.MaxValue))
    samples += series.Samples.Count;
Console.WriteLine($"{samples} samples in all");

using System.Globalization;
using Tsdb.Model.Labels;
using Tsdb.Model.Samples;
using Tsdb.Testing.Reading;

namespace Tsdb.Query.Tests.Fakes;

/// <summary>The data of the PromQL compliance suite: three targets scraped every five seconds for two hours, with a restart each.</summary>
internal static class DemoData
{
    public const long StartSeconds = 1700000400;
    private const int Scrapes = 1440;
    private static readonly (string Method, string Path, string Status, int Extra)[] Routes =
    [
        ("GET", "/api/foo", "200", 6), ("GET", "/api/foo", "500", 0), ("POST", "/api/foo", "200", 3),
        ("GET", "/api/bar", "200", 5), ("POST", "/api/bar", "200", 2), ("GET", "/api/nonexistent", "404", 1),
    ];

    private static readonly (string Bound, int Weight)[] Buckets =
        [("0.001", 0), ("0.005", 1), ("0.01", 6), ("0.025", 14), ("0.05", 18), ("0.1", 19), ("0.25", 20), ("+Inf", 20)];

    public static InMemorySeriesSource Create()
    {
        var source = new InMemorySeriesSource();
        for (int target = 0; target < 3; target++)
        {
            AddGauges(source, target);
            AddCounters(source, target);
            AddIntermittent(source, target);
        }

        return source;
    }

    private static void AddGauges(InMemorySeriesSource source, int i)
    {
        const string memory = "demo_memory_usage_bytes";
        static double Used(int i, int k) => 3000000000 + (4096.0 * (((7919L * k) + (104729L * i)) % 65536));
        static double Cached(int i, int k) => 2000000000 + (4096.0 * (((6151L * k) + (15485863L * i)) % 32768));
        static double Buffers(int i, int k) => 1000000000 + (4096.0 * (((3571L * k) + (7L * i)) % 16384));
        Add(source, i, "up", static _ => 1);
        Add(source, i, "demo_num_cpus", static _ => 4);
        Add(source, i, "demo_disk_total_bytes", static _ => 100000000000);
        Add(source, i, memory, k => Used(i, k), ("type", "used"));
        Add(source, i, memory, k => Cached(i, k), ("type", "cached"));
        Add(source, i, memory, k => Buffers(i, k), ("type", "buffers"));
        Add(source, i, memory, k => 8589934592 - Used(i, k) - Cached(i, k) - Buffers(i, k), ("type", "free"));
        Add(source, i, "demo_disk_usage_bytes", k => 10000000000 + ((k + (400 * i)) % 1300 * 61000000.0) + (1000 * (k % 7)));
        Add(source, i, "demo_batch_last_success_timestamp_seconds", k => StartSeconds - 40 + (300 * (((5 * k) + (20 * i)) / 300)));
    }

    private static void AddCounters(InMemorySeriesSource source, int i)
    {
        const string cpu = "demo_cpu_usage_seconds_total";
        Add(source, i, cpu, k => SumTo(SinceRestart(i, k), j => 5 + (((13 * j) + (5 * i)) % 100 / 25.0)), ("mode", "user"));
        Add(source, i, cpu, k => SumTo(SinceRestart(i, k), j => 2 + (((7 * j) + (3 * i)) % 50 / 25.0)), ("mode", "system"));
        Add(source, i, cpu, k => SumTo(SinceRestart(i, k), j => 9 - (((11 * j) + i) % 75 / 25.0)), ("mode", "idle"));
        foreach ((string method, string path, string status, int extra) in Routes)
        {
            const string name = "demo_api_request_duration_seconds";
            double Count(int k) => (double)SinceRestart(i, k) * (3 + i + extra);
            (string, string)[] route = [("method", method), ("path", path), ("status", status)];
            Add(source, i, $"{name}_count", Count, route);
            Add(source, i, $"{name}_sum", k => 0.02 * Count(k), route);
            foreach ((string bound, int weight) in Buckets)
            {
                Add(source, i, $"{name}_bucket", k => Math.Floor(Count(k) * weight / 20), [.. route, ("le", bound)]);
            }
        }
    }

    private static void AddIntermittent(InMemorySeriesSource source, int i)
    {
        InMemorySeries series = source.Series(Labels(i, "demo_intermittent_metric"));
        long previousMinute = -1;
        for (int k = 0; k <= Scrapes; k++)
        {
            long seconds = StartSeconds + (5 * k);
            long minute = seconds / 60;
            if (minute % 2 == 0 || minute != previousMinute)
            {
                series.Append(seconds * 1_000_000_000, minute % 2 == 0 ? 1 : StalenessMarker.Value);
            }

            previousMinute = minute;
        }
    }

    private static int SinceRestart(int i, int k) => k < 1000 + (10 * i) ? k : k - (1000 + (10 * i));

    private static double SumTo(int count, Func<int, double> term)
    {
        double sum = 0;
        for (int j = 1; j <= count; j++)
        {
            sum += term(j);
        }

        return sum;
    }

    private static LabelSet Labels(int i, string name, params (string, string)[] labels) => LabelSet.OfMetric(
        name, [.. labels, ("instance", string.Create(CultureInfo.InvariantCulture, $"demo.promlabs.com:1000{i}")), ("job", "demo")]);

    private static void Add(InMemorySeriesSource source, int i, string name, Func<int, double> value, params (string, string)[] labels)
    {
        InMemorySeries series = source.Series(Labels(i, name, labels));
        for (int k = 0; k <= Scrapes; k++)
        {
            series.Append((StartSeconds + (5 * k)) * 1_000_000_000, value(k));
        }
    }
}

namespace Tsdb.Comparison.Tests;

/// <summary>The queries both databases are asked.</summary>
public static class ComparedQueries
{
    private static readonly string[] LinuxHost =
    [
        "node_load1",
        "{job=\"node\",__name__=~\"node_load.*\"}",
        "node_cpu_seconds_total{mode!~\"idle|user\",cpu=\"0\"}",
        "node_memory_MemFree_bytes offset 1m",
        "node_memory_MemFree_bytes / node_memory_MemAvailable_bytes",
        "node_memory_MemAvailable_bytes - on (instance) node_memory_MemFree_bytes",
        "rate(node_cpu_seconds_total[1m])",
        "irate(node_network_receive_bytes_total[1m])",
        "increase(node_context_switches_total[2m])",
        "delta(node_memory_MemFree_bytes[2m])",
        "sum by (mode) (rate(node_cpu_seconds_total[1m]))",
        "100 - avg by (cpu) (rate(node_cpu_seconds_total{mode=\"idle\"}[1m])) * 100",
        "sum without (cpu, mode) (rate(node_cpu_seconds_total[2m]))",
        "rate(node_cpu_seconds_total[1m]) / ignoring (mode) group_left sum without (mode) (rate(node_cpu_seconds_total[1m]))",
        "node_load1 > bool node_load5",
        "node_load1 > node_load5",
        "node_load1 * on (instance, job) group_right node_network_receive_bytes_total",
        "node_load1 and on (instance) node_load5",
        "node_load1 or node_load5",
        "node_cpu_seconds_total unless on (cpu) node_cpu_seconds_total{cpu=\"0\"}",
        "topk(3, node_cpu_seconds_total)",
        "bottomk(2, rate(node_cpu_seconds_total{mode=~\"user|system|idle|softirq\"}[1m]))",
        "quantile(0.9, rate(node_cpu_seconds_total[1m]))",
        "count_values(\"goroutines\", go_goroutines)",
        "stddev(rate(node_cpu_seconds_total[1m]))",
        "stdvar by (cpu) (node_cpu_seconds_total)",
        "count by (job) ({__name__=~\"node.*\"})",
        "group by (__name__) ({job=\"node\"})",
        "max by (job) (go_goroutines) - min by (job) (go_goroutines)",
        "avg_over_time(node_load1[2m])",
        "max_over_time(go_goroutines[2m]) - min_over_time(go_goroutines[2m])",
        "sum_over_time(node_load5[1m])",
        "count_over_time(process_resident_memory_bytes[90s])",
        "quantile_over_time(0.5, node_load1[3m])",
        "stddev_over_time(node_memory_MemFree_bytes[3m])",
        "last_over_time(node_load15[1m])",
        "present_over_time(node_load15[1m])",
        "rate(prometheus_http_request_duration_seconds_bucket{le=\"+Inf\"}[2m])",
        "-node_load1 ^ 2 % 3",
        "sum(rate(prometheus_tsdb_head_samples_appended_total[1m])) by (job)",
        "node_filesystem_avail_bytes / 1024 / 1024 / 1024",
        "1 + 2 * 3 ^ 2 - 7 % 4",
        "node_disk_io_time_seconds_total == node_disk_io_time_seconds_total",
    ];

    private static readonly string[] Weather =
    [
        "weather_temperature",
        "avg_over_time(weather_temperature[1d])",
        "max_over_time(weather_wind[12h]) - min_over_time(weather_wind[12h])",
        "delta(weather_pressure[6h])",
        "weather_pressure - weather_pressure offset 1d",
        "stdvar_over_time(weather_temperature[1d])",
        "weather_temperature * 9 / 5 + 32",
        "avg without (city) ({__name__=~\"weather_.+\"})",
        "quantile_over_time(0.95, weather_wind[2d])",
        "sum_over_time(weather_pressure[1w])",
        "weather_temperature{city=~\"Sea.*\"} > 5",
        "count_over_time(weather_wind[5h])",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<ComparedQuery> All =>
        LinuxHost.Select(text => new ComparedQuery(DataSet.LinuxHost, text)).Concat(Weather.Select(text => new ComparedQuery(DataSet.Weather, text)));
}

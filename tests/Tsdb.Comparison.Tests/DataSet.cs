namespace Tsdb.Comparison.Tests;

/// <summary>A file of data-samples and the times at which it is queried.</summary>
/// <param name="Name">The file's name without its ending; answers are kept under it.</param>
/// <param name="InstantsSeconds">Times of instant queries, in seconds since the Unix epoch.</param>
/// <param name="StartSeconds">The first step of the range query.</param>
/// <param name="EndSeconds">The end of the range query.</param>
/// <param name="StepSeconds">The step of the range query.</param>
public sealed record DataSet(string Name, long[] InstantsSeconds, long StartSeconds, long EndSeconds, long StepSeconds)
{
    /// <summary>Five minutes of one machine, a sample each 10 s.</summary>
    public static DataSet LinuxHost { get; } = new("linux-host", [1795516341, 1795516458], 1795516220, 1795516460, 30);

    /// <summary>Three months of hourly weather.</summary>
    public static DataSet Weather { get; } = new("seattle-weather-hourly", [1262966400, 1266300000], 1263999720, 1264086120, 7200);

    public static DataSet[] All => [LinuxHost, Weather];

    public string FileName => $"{Name}.lp";

    public override string ToString() => Name;
}

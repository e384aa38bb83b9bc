using System.Globalization;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Loads the files of data-samples over HTTP and asks for what is known of them.</summary>
public sealed class SampleDataTests
{
    private TemporaryDirectory _folder = null!;
    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryDirectory();
        _server = await ServerProcess.StartAsync(_folder["data"]);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    // Counts and extremes as a line-by-line reading of the files gives them.
    [TestCase("co2-mauna-loa.lp", "count_over_time(atmosphere_co2[100y])", "2022-01-01", 741)]
    [TestCase("seattle-weather-hourly.lp", "sum(count_over_time(weather_pressure[100y])) + sum(count_over_time(weather_temperature[100y])) + sum(count_over_time(weather_wind[100y]))", "2022-01-01", 3 * 2160)]
    [TestCase("earthquakes.lp", "sum(count_over_time(earthquake_mag[100y]))", "2022-01-01", 1000)]
    public async Task Write_SampleFile_IsCountedWhole(string file, string query, string time, double expected)
    {
        string lines = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "data-samples", file));
        Assert.That(await _server.WriteAsync(lines), Is.EqualTo(204));
        double seconds = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();
        Assert.That(await _server.QueryNumberAsync(query, seconds), Is.EqualTo(expected));
    }

    [Test]
    public async Task Write_SampleFileTwice_IsHarmless()
    {
        string lines = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "data-samples", "co2-mauna-loa.lp"));
        Assert.That(await _server.WriteAsync(lines), Is.EqualTo(204));
        Assert.That(await _server.WriteAsync(lines), Is.EqualTo(204));
        Assert.That(await _server.QueryNumberAsync("count_over_time(atmosphere_co2[100y])", 1_640_000_000), Is.EqualTo(741));
    }
}

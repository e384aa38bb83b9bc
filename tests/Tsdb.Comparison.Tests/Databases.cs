using Tsdb.Embedded;
using Tsdb.Ingest;
using Tsdb.Testing.Files;

namespace Tsdb.Comparison.Tests;

/// <summary>Databases in memory that hold a data set.</summary>
internal static class Databases
{
    public static async Task<TimeSeriesDatabase> LoadAsync(DataSet dataSet)
    {
        TimeSeriesDatabase database = await TimeSeriesDatabase.OpenAsync("/data", new TimeSeriesDatabaseOptions { FileSystem = new InMemoryFileSystem() });
        await using FileStream file = File.OpenRead(Path.Combine(RepositoryPaths.Root, "data-samples", dataSet.FileName));
        WriteReport report = await database.WriteLineProtocolAsync(file);
        Assert.That(report.Errors, Is.Empty);
        return database;
    }
}

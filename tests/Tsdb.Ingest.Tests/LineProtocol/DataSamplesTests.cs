using Tsdb.Ingest.Tests.Testing;
using Tsdb.Testing.Files;

namespace Tsdb.Ingest.Tests.LineProtocol;

/// <summary>The sample files that the README tells people to load.</summary>
public sealed class DataSamplesTests
{
    private const int MaxFileBytes = 300_000;

    [TestCase("co2-mauna-loa.lp", 741, 2)]
    [TestCase("seattle-weather-hourly.lp", 2160, 3)]
    [TestCase("earthquakes.lp", 1000, 4000)]
    [TestCase("linux-host.lp", 1382, 45)]
    public void Write_SampleFile_IsAcceptedWhole(string name, int lines, int leastSeries)
    {
        byte[] text = File.ReadAllBytes(Path.Combine(RepositoryPaths.Root, "data-samples", name));
        using var fixture = new WriterFixture();

        WriteReport report = fixture.Writer.Write(text, WriterFixture.Request);

        Assert.That(report.Message, Is.Empty);
        Assert.That(report.WrittenLines, Is.EqualTo(lines));
        Assert.That(fixture.Appender.Series, Has.Count.AtLeast(leastSeries));
        Assert.That(text, Has.Length.LessThan(MaxFileBytes));
    }

    [Test]
    public void DataSamples_EachFile_IsDescribed()
    {
        string folder = Path.Combine(RepositoryPaths.Root, "data-samples");
        string readme = File.ReadAllText(Path.Combine(folder, "README.md"));

        foreach (string file in Directory.GetFiles(folder, "*.lp"))
        {
            Assert.That(readme, Does.Contain($"`{Path.GetFileName(file)}`"));
        }
    }
}

using System.Text.RegularExpressions;
using Tsdb.Model.Metadata;
using Tsdb.Storage.Metadata;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Metadata;

/// <summary>The worked example of docs/formats.md, section METADATA: these bytes must be written, and read for ever.</summary>
public sealed partial class MetadataFormatTests
{
    private const string Folder = "/data";
    private const string FilePath = "/data/METADATA";

    [Test]
    public async Task Save_Example_WritesTheDocumentedBytes()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Folder);
        using var store = MetadataStore.Open(files, Folder);
        store.Set("up"u8, MetricType.Gauge, "Whether it is up."u8, []);
        await store.SaveAsync(CancellationToken.None);
        store.Set("request_seconds"u8, MetricType.Histogram, [], "seconds"u8);
        await store.SaveAsync(CancellationToken.None);

        Assert.That(Convert.ToHexStringLower(files.ReadAllBytes(FilePath)), Is.EqualTo(Convert.ToHexStringLower(Example())));
    }

    [Test]
    public void Open_Example_ReadsTheDocumentedMetadata()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Folder);
        files.WriteAllBytes(FilePath, Example());
        using var store = MetadataStore.Open(files, Folder);

        Assert.That(store.List(), Is.EqualTo(new[]
        {
            new MetricMetadata("request_seconds", MetricType.Histogram, "", "seconds"),
            new MetricMetadata("up", MetricType.Gauge, "Whether it is up.", ""),
        }));
    }

    private static byte[] Example()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "formats.md")).ReplaceLineEndings("\n");
        int start = document.IndexOf("```text METADATA\n", StringComparison.Ordinal);
        Assert.That(start, Is.Positive, "the document has the example");
        int end = document.IndexOf("```", start + 3, StringComparison.Ordinal);
        IEnumerable<string> lines = document[start..end].Split('\n').Skip(1).Select(line => Address().Replace(line, ""));
        return Convert.FromHexString(string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }

    [GeneratedRegex("^[0-9a-f]{4}  ")]
    private static partial Regex Address();
}

using System.Xml.Linq;

namespace Tsdb.Repository.Tests;

/// <summary>Dependencies between projects point one way.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Tsdb.Model"] = [],
        ["Tsdb.Encoding"] = ["Tsdb.Model"],
        ["Tsdb.Storage"] = ["Tsdb.Encoding", "Tsdb.Model"],
        ["Tsdb.Query"] = ["Tsdb.Model"],
        ["Tsdb.Ingest"] = ["Tsdb.Model"],
        ["Tsdb.Embedded"] = ["Tsdb.Storage", "Tsdb.Query", "Tsdb.Ingest", "Tsdb.Model"],
        ["Tsdb.Server"] = ["Tsdb.Embedded", "Tsdb.Ingest", "Tsdb.Query", "Tsdb.Model"],
        ["Tsdb.Tool"] = ["Tsdb.Embedded", "Tsdb.Storage"],
    };

    private static IEnumerable<string> Governed =>
        Repository.ProjectFiles.Where(file => Allowed.ContainsKey(Path.GetFileNameWithoutExtension(file)));

    [TestCaseSource(nameof(Governed))]
    public void Project_ReferencesOnlyWhatIsBelowIt(string projectFile)
    {
        IEnumerable<string?> references = XDocument.Load(projectFile).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

        Assert.That(references.Except(Allowed[Path.GetFileNameWithoutExtension(projectFile)]), Is.Empty);
    }

    [Test]
    public void EveryProjectUnderSrc_IsGoverned()
    {
        IEnumerable<string> names = Repository.ProjectFiles.Where(file => Repository.Relative(file).StartsWith("src/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.That(names.Except(Allowed.Keys), Is.Empty);
    }

    [Test]
    public void Libraries_ReferenceNoAspNet()
    {
        IEnumerable<string> offenders =
            from file in Governed
            where Path.GetFileNameWithoutExtension(file) is not "Tsdb.Server"
            where File.ReadAllText(file).Contains("AspNetCore", StringComparison.Ordinal) || File.ReadAllText(file).Contains("Sdk.Web", StringComparison.Ordinal)
            select Repository.Relative(file);

        Assert.That(offenders, Is.Empty);
    }
}

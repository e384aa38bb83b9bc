using System.IO.Compression;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Packs the libraries and uses them from a project that knows nothing of this repository.</summary>
public sealed class PackageTests
{
    private static readonly string[] Libraries = ["Tsdb.Model", "Tsdb.Encoding", "Tsdb.Storage", "Tsdb.Query", "Tsdb.Ingest", "Tsdb.Embedded"];

    private TemporaryDirectory _folder = null!;
    private string _feed = null!;

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _folder = new TemporaryDirectory();
        _feed = _folder["feed"];
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        foreach (string library in Libraries)
        {
            string project = Path.Combine(RepositoryPaths.Root, "src", library);
            await DotnetCommand.RunAsync(project, "pack", "--no-build", "--configuration", configuration, "--output", _feed);
        }
    }

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Libraries))]
    public void Pack_Library_HasReadmeDocumentationAndSymbols(string library)
    {
        string package = Directory.GetFiles(_feed, $"{library}.?.*.nupkg").Single();
        using ZipArchive content = ZipFile.OpenRead(package);
        string[] names = [.. content.Entries.Select(entry => entry.FullName)];
        Assert.That(names, Is.SupersetOf(new[] { "README.md", $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml" }));
        Assert.That(File.Exists(Path.ChangeExtension(package, ".snupkg")), Is.True);
    }

    [Test]
    public async Task Run_FreshProject_UsesThePackage()
    {
        string project = _folder["consumer"];
        Directory.CreateDirectory(project);
        File.Copy(Path.Combine(RepositoryPaths.Root, "tools", "EmbeddedSample", "Program.cs"), Path.Combine(project, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(project, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreSources>{_feed}</RestoreSources>
                <RestorePackagesPath>{_folder["packages"]}</RestorePackagesPath>
                <RestoreFallbackFolders>{GlobalPackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Tsdb.Embedded" Version="*" />
              </ItemGroup>
            </Project>
            """);
        string output = await DotnetCommand.RunAsync(project, "run");
        Assert.That(output, Does.Contain("avg(cpu_usage)  =>  {} 50").And.Contain("303 samples in all"));
    }

    // What the packages depend on lies here since the repository itself was restored; the network is not needed.
    private static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}

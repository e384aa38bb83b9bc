using Tsdb.Model.Errors;
using Tsdb.Tool.Tests.Inspecting;
using Tsdb.Tool.Verbs;

namespace Tsdb.Tool.Tests.Verbs;

public sealed class InspectBlockVerbTests
{
    private const int FirstPayloadOffset = 64 + 16; // a file's header, then a section's

    private SmallDatabase _database = null!;
    private TextConsole _console = null!;

    private static readonly TestCaseData[] Damages =
    [
        new("index.dat", FirstPayloadOffset, $"index.dat is damaged at byte {FirstPayloadOffset}: the checksum of section Symbols does not match"),
        new("index.dat", 60, "index.dat is damaged at byte 0: the header's checksum does not match"),
        new("index.dat", 64, "index.dat is damaged at byte 64: the header of section Symbols differs from the footer"),
        new("chunks.dat", FirstPayloadOffset + 1, "chunks.dat is damaged at byte 80: the checksum of a chunk of cpu{host=\"a\"} does not match"),
        new("chunks.dat", 8, "chunks.dat is damaged at byte 0: the header's checksum does not match"),
        new("meta.json", 30, "the checksum does not match"),
    ];

    [SetUp]
    public async Task WriteBlock()
    {
        _database = new SmallDatabase();
        _console = new TextConsole();
        await _database.RunAsync(flushes: true);
    }

    [TearDown]
    public void Delete() => _database.Dispose();

    [Test]
    public void Run_WholeBlock_ShowsMetaAndSections()
    {
        int exitCode = Run(showsSeries: false);

        Assert.That(exitCode, Is.Zero, _console.Text);
        Assert.That(_console.Text, Does.Contain("No damage.").And.Contain("2 series, 2 chunks, of which 0 damaged."));
        Assert.That(
            _console.Rows,
            Does.Contain($"id|{Path.GetFileName(_database.Block)}").And.Contain("samples|8").And.Contain("first sample|2023-11-14T22:13:20Z"));
        Assert.That(
            _console.Rows, Has.Some.Match(@"^section\|2 Symbols\|1\|80\|\d+\|[0-9a-f]{8}\|intact$").And.Some.StartsWith("section|8 ChunkIndex|"));
        Assert.That(_console.Rows, Has.Some.Match(@"^section, each chunk .*\|1 Chunks\|1\|80\|\d+\|-\|intact$"));
    }

    [Test]
    public void Run_DataFolder_ShowsItsBlocks()
    {
        int exitCode = InspectBlockVerb.Run([_database.Folder], showsSeries: false, _console.Console);

        Assert.That(exitCode, Is.Zero, _console.Text);
        Assert.That(_console.Rows, Does.Contain($"id|{Path.GetFileName(_database.Block)}"));
    }

    [Test]
    public void Run_WithSeries_ShowsLabelsAndChunks()
    {
        Run(showsSeries: true);

        Assert.That(_console.Text, Does.Contain("Series 0: cpu{host=\"a\"}").And.Contain("Series 1: cpu{host=\"b\"}"));
        Assert.That(
            _console.Rows,
            Has.Some.Match(
                @"^0\|Gorilla\|\w+\|Float\|4\|2023-11-14T22:13:20Z\|2023-11-14T22:13:23Z\|80\|\d+\|1\.5\|4\.5\|1\.5\|4\.5\|12\|0\|\|intact$"));
        Assert.That(_console.Rows, Has.Some.Match(@"^1\|Gorilla\|.*\|-\|-\|-\|-\|-\|-\|stale\|intact$"));
    }

    [TestCaseSource(nameof(Damages))]
    public void Run_FlippedByte_NamesFileAndPlace(string file, int offset, string sentence)
    {
        SmallDatabase.Flip(Path.Combine(_database.Block, file), offset);

        int exitCode = Run(showsSeries: true);

        Assert.That(exitCode, Is.EqualTo(1), _console.Text);
        Assert.That(_console.Text, Does.Contain(sentence));
    }

    [TestCase("index.dat", 1)]
    [TestCase("chunks.dat", 200)]
    [TestCase("chunks.dat", int.MaxValue)]
    public void Run_FileCut_NamesItsEnd(string file, int count)
    {
        string path = Path.Combine(_database.Block, file);
        int length = (int)new FileInfo(path).Length;
        SmallDatabase.Cut(path, Math.Min(count, length));

        int exitCode = Run(showsSeries: false);

        Assert.That(exitCode, Is.EqualTo(1), _console.Text);
        Assert.That(_console.Text, Does.Contain($"{path} is damaged at byte {Math.Max(length - count, 0)}: "));
    }

    [TestCase("meta.json")]
    [TestCase("index.dat")]
    [TestCase("chunks.dat")]
    public void Run_FileMissing_NamesIt(string file)
    {
        string path = Path.Combine(_database.Block, file);
        File.Delete(path);

        Assert.That(Run(showsSeries: false), Is.EqualTo(1));
        Assert.That(_console.Text, Does.Contain($"{path} is damaged at byte 0: the file is missing"));
    }

    [Test]
    public void Run_DamagedBlock_ChangesNoFile()
    {
        SmallDatabase.Flip(Path.Combine(_database.Block, "index.dat"), FirstPayloadOffset);
        Dictionary<string, string> before = _database.ReadFiles();

        Run(showsSeries: true);

        Assert.That(_database.ReadFiles(), Is.EquivalentTo(before));
    }

    [Test]
    public void Run_NoFolder_Refuses() => Assert.That(
        () => InspectBlockVerb.Run([Path.Combine(_database.Folder, "MANIFEST")], false, _console.Console),
        Throws.TypeOf<DataFolderException>().With.Message.Contains("is not a folder"));

    private int Run(bool showsSeries) => InspectBlockVerb.Run([_database.Block], showsSeries, _console.Console);
}

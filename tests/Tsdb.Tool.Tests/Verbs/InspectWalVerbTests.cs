using Tsdb.Model.Errors;
using Tsdb.Tool.Tests.Inspecting;
using Tsdb.Tool.Verbs;

namespace Tsdb.Tool.Tests.Verbs;

public sealed class InspectWalVerbTests
{
    private const int FirstRecordOffset = 64;
    private const int FirstPayloadOffset = FirstRecordOffset + 36;
    private const int MarkBytes = 36 + 1;

    private SmallDatabase _database = null!;
    private TextConsole _console = null!;

    [SetUp]
    public async Task WriteTwoSegments()
    {
        _database = new SmallDatabase();
        _console = new TextConsole();
        await _database.RunAsync();
        await _database.RunAsync();
        Assert.That(_database.Segments, Has.Length.EqualTo(2), "Each run begins a segment.");
    }

    [TearDown]
    public void Delete() => _database.Dispose();

    [Test]
    public void Run_WholeLog_ShowsHeadersAndRecords()
    {
        int exitCode = InspectWalVerb.Run(_database.Folder, false, _console.Console);

        Assert.That(exitCode, Is.Zero, _console.Text);
        Assert.That(_console.Text, Does.Contain("No damage."));
        Assert.That(_console.Rows, Does.Contain("version|shard|segment|base sequence|generation|previous length").And.Contain("1|0|1|0|1|0"));
        Assert.That(
            _console.Rows,
            Has.Some.StartsWith("64|SERIES|NONE|0|1|").And.Some.EndsWith("2 series").And.Some.Contains("|MARK|")
                .And.Some.EndsWith("8 samples from 2023-11-14T22:13:20Z to 2023-11-14T22:13:23Z"));
    }

    [Test]
    public void Run_WithSamples_ShowsLabelsTimestampsAndValues()
    {
        InspectWalVerb.Run(_database.Log, true, _console.Console);

        string[] rows = [.. _console.Rows];
        Assert.That(rows, Has.Some.EndsWith("|cpu{host=\"a\"}").And.Some.EndsWith("|cpu{host=\"b\"}"));
        Assert.That(rows, Has.Some.EndsWith("|2023-11-14T22:13:21Z|2.5").And.Some.EndsWith("|2023-11-14T23:13:23Z|stale"));
    }

    [Test]
    public void Run_OneSegment_ShowsOnlyThat()
    {
        SmallDatabase.Cut(_database.Segments[0], MarkBytes);

        int exitCode = InspectWalVerb.Run(_database.Segments[1], false, _console.Console);

        Assert.That(exitCode, Is.Zero, _console.Text);
        Assert.That(_console.Text, Does.Contain(_database.Segments[1]).And.Not.Contain(_database.Segments[0]));
    }

    [Test]
    public void Run_OneSegment_NamesWhatAnotherOneLostIt()
    {
        SmallDatabase.Flip(_database.Segments[0], FirstPayloadOffset);

        int exitCode = InspectWalVerb.Run(_database.Segments[1], false, _console.Console);

        Assert.That(exitCode, Is.EqualTo(1), _console.Text);
        Assert.That(
            _console.Text, Does.Contain($"{_database.Segments[1]} is damaged at byte {FirstRecordOffset}: 8 samples are of series whose record is lost"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Run_FlippedByte_NamesTheRecord(int segment)
    {
        string path = _database.Segments[segment];
        SmallDatabase.Flip(path, FirstPayloadOffset);

        int exitCode = InspectWalVerb.Run(_database.Folder, false, _console.Console);

        Assert.That(exitCode, Is.EqualTo(1), _console.Text);
        Assert.That(_console.Text, Does.Contain($"{path} is damaged at byte {FirstRecordOffset}: a record's checksum does not match"));
        Assert.That(_console.Rows, Has.Some.StartsWith("64|none intact|").And.Some.Contains("|SAMPLES|"), "Records after the damage are shown.");
    }

    [Test]
    public void Run_FlippedByteOfHeader_NamesTheHeader()
    {
        SmallDatabase.Flip(_database.Segments[0], 20);

        int exitCode = InspectWalVerb.Run(_database.Folder, false, _console.Console);

        Assert.That(exitCode, Is.EqualTo(1), _console.Text);
        Assert.That(_console.Text, Does.Contain($"{_database.Segments[0]} is damaged at byte 0: the segment's header is not what was written"));
    }

    [Test]
    public void Run_EarlierSegmentCut_NamesItsEnd()
    {
        string path = _database.Segments[0];
        SmallDatabase.Cut(path, MarkBytes); // the mark at its end: what is left looks whole

        int exitCode = InspectWalVerb.Run(_database.Folder, false, _console.Console);

        Assert.That(exitCode, Is.EqualTo(1), _console.Text);
        Assert.That(_console.Text, Does.Contain($"{path} is damaged at byte {new FileInfo(path).Length}: the file was cut short"));
    }

    [Test]
    public void Run_LastSegmentCut_NamesAnUnfinishedWrite()
    {
        string path = _database.Segments[1];
        long markOffset = new FileInfo(path).Length - MarkBytes;
        SmallDatabase.Cut(path, 1);

        int exitCode = InspectWalVerb.Run(_database.Folder, false, _console.Console);

        Assert.That(exitCode, Is.Zero, "A crash leaves such an end, and the next start cuts it off.");
        Assert.That(_console.Text, Does.Contain($"{path} ends in an unfinished write at byte {markOffset}:"));
    }

    [Test]
    public void Run_DamagedLog_ChangesNoFile()
    {
        SmallDatabase.Flip(_database.Segments[0], FirstPayloadOffset);
        SmallDatabase.Cut(_database.Segments[1], 1);
        Dictionary<string, string> before = _database.ReadFiles();

        InspectWalVerb.Run(_database.Folder, true, _console.Console);

        Assert.That(_database.ReadFiles(), Is.EquivalentTo(before));
    }

    [TestCase("blocks")]
    [TestCase("MANIFEST")]
    [TestCase("nothing")]
    public void Run_NoLog_Refuses(string name) => Assert.That(
        () => InspectWalVerb.Run(Path.Combine(_database.Folder, name), false, _console.Console),
        Throws.TypeOf<DataFolderException>().With.Message.Contains("is no segment of a log"));
}

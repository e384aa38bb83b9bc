using System.Diagnostics;
using System.Globalization;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>The command-line client of InfluxDB 1, where it is installed (Debian: influxdb-client).</summary>
public sealed class InfluxClientTests
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

    [Test]
    public async Task Import_FileWithABadLine_WritesTheGoodLinesAndSaysWhich()
    {
        File.WriteAllText(_folder["import.txt"], """
            # DDL
            CREATE DATABASE probe
            # DML
            # CONTEXT-DATABASE: probe
            imported,host=a value=1 1700000000000000000
            imported,host=b value=2.5,busy=true 1700000000000000000
            bad line here
            imported,host=c value=3i 1700000001000000000

            """);
        if (await RunAsync("-import", "-path", _folder["import.txt"], "-precision", "ns") is not (int exitCode, string output))
        {
            return;
        }

        Assert.That((exitCode, output), Is.EqualTo((1, output)), "The client counts a partial write as a failure.");
        Assert.That(output, Does.Contain("partial write: 1 of 4 lines refused, 4 samples written; line 5: "));
        Assert.That(await _server.QueryNumberAsync("count({__name__=~\"imported.*\"})", 1_700_000_002), Is.EqualTo(4));
        Assert.That(await _server.QueryNumberAsync("sum(imported)", 1_700_000_002), Is.EqualTo(6.5));
    }

    [TestCase("INSERT inserted value=4 1700000002000000000", "ns")]
    [TestCase("INSERT inserted value=4 1700000002000", "ms")]
    [TestCase("INSERT inserted value=4 1700000002", "s")]
    public async Task Insert_AnyPrecision_WritesTheSample(string statement, string precision)
    {
        if (await RunAsync("-database", "probe", "-precision", precision, "-execute", statement) is (int exitCode, string output))
        {
            Assert.That((exitCode, output), Is.EqualTo((0, "")));
            Assert.That(await _server.QueryNumberAsync("timestamp(inserted)", 1_700_000_003), Is.EqualTo(1_700_000_002));
        }
    }

    [Test]
    public async Task Insert_BadLine_ShowsTheReason()
    {
        if (await RunAsync("-database", "probe", "-execute", "INSERT inserted value=") is (_, string output))
        {
            Assert.That(output, Does.Contain("unable to parse: 1 of 1 lines refused; line 1: a field value must be"));
        }
    }

    [Test]
    public async Task Show_Databases_ListsThem()
    {
        if (await RunAsync("-execute", "SHOW DATABASES") is (int exitCode, string output))
        {
            Assert.That((exitCode, output), Is.EqualTo((0, output)));
            Assert.That(output.Split('\n'), Does.Contain("tsdb"));
        }
    }

    // What the client printed, on either stream; null, with a message, where it is not installed.
    private async Task<(int ExitCode, string Output)?> RunAsync(params string[] arguments)
    {
        Uri url = _server.Client.BaseAddress!;
        string[] all = ["-host", url.Host, "-port", url.Port.ToString(CultureInfo.InvariantCulture), .. arguments];
        var start = new ProcessStartInfo("influx", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = _folder["home"]; // where it keeps its history
        Directory.CreateDirectory(_folder["home"]);
        try
        {
            using Process client = Process.Start(start)!;
            Task<string> errors = client.StandardError.ReadToEndAsync();
            string output = await client.StandardOutput.ReadToEndAsync() + await errors;
            await client.WaitForExitAsync();
            return (client.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            TestContext.Out.WriteLine("Nothing was checked: the client influx is not installed.");
            return null;
        }
    }
}

using System.Text.Json;

namespace Tsdb.Server.Tests.Endpoints.Write;

/// <summary>Lines at the edge of what there is: each is written whole and read back, or refused with its reason, and its neighbours are written.</summary>
public sealed class ExtremeLineTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("0", "0")]
    [TestCase("-1500000000", "-1.5")]
    [TestCase("9223372036854775806", "9223372036.855")]
    [TestCase("-9223372036854775806", "-9223372036.854")]
    public async Task Post_AnyTimestampThatFits_IsReachable(string timestamp, string timeSeconds)
    {
        string metric = $"at_{timestamp.Replace('-', 'm')}";
        Assert.That((await _server.WriteAsync("/write", $"{metric} value=1 {timestamp}")).Status, Is.EqualTo(204));
        Answer answer = await _server.PostFormAsync("/api/v1/query", ("query", $"count_over_time({metric}[1s])"), ("time", timeSeconds));
        Assert.That(answer.Result, Does.Contain("\"1\""));
    }

    [TestCase("9223372036854775807")]
    [TestCase("-9223372036854775807")]
    [TestCase("-9223372036854775808")]
    [TestCase("99999999999999999999")]
    public async Task Post_TimestampNoQueryCouldReach_IsRefusedAndItsNeighboursWritten(string timestamp)
    {
        Answer answer = await _server.WriteAsync("/write", $"edge value=1 1\nedge value=2 {timestamp}\nedge value=3 3\n");
        RequireOneRefused(answer, "the timestamp, in nanoseconds, must be from -9223372036854775806 to 9223372036854775806 (at byte 14)");
    }

    [Test]
    public async Task Post_TenThousandLabels_IsRefusedAndItsNeighboursWritten()
    {
        string labels = string.Concat(Enumerable.Range(0, 10_000).Select(i => $",l{i}=v"));
        Answer answer = await _server.WriteAsync("/write", $"edge value=1 1\nedge{labels} value=2 2\nedge value=3 3\n");
        RequireOneRefused(answer, "the series has more labels than the limit of 128 (setting MaxLabels)");
    }

    [Test]
    public async Task Post_LabelValueOfAMegabyte_IsRefusedAndItsNeighboursWritten()
    {
        string value = new('v', 1_000_000);
        Answer answer = await _server.WriteAsync("/write", $"edge value=1 1\nedge,l={value} value=2 2\nedge value=3 3\n");
        RequireOneRefused(answer, "a label value is longer than the limit of 16384 bytes (setting MaxLabelValueBytes)");
        Assert.That(answer.Text, Has.Length.LessThan(2000), "the line's text is cut");
    }

    [Test]
    public async Task Post_InvalidUtf8_IsRefusedAndItsNeighboursWritten()
    {
        byte[] body = [.. "edge value=1 1\nedge,l=v"u8, 0xC3, 0x28, .. " value=2 2\nedge value=3 3\n"u8];
        Answer answer = await _server.WriteAsync("/write", body, encoding: null);
        RequireOneRefused(answer, "the text is not valid UTF-8 (at byte 9)");
    }

    [Test]
    public async Task Post_TwoWritersOfTheSameSeries_LoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async writer =>
        {
            // Each its own timestamps, interleaved with the other's, and one that both write.
            for (int i = 0; i < 200; i++)
            {
                long second = (2 * i) + writer + 1;
                Answer answer = await _server.WriteAsync("/write", $"both value={second} {second}000000000\nboth value={writer} 0\n");
                Assert.That(answer.Status, Is.EqualTo(204));
            }
        }));
        Answer read = await _server.GetAsync("/api/v1/query?query=both[1h]&time=1000");
        JsonElement[] points = [.. read.Data.GetProperty("result")[0].GetProperty("values").EnumerateArray()];
        Assert.That(points.Skip(1).Select(point => point[1].GetString()), Is.EqualTo(Enumerable.Range(1, 400).Select(i => $"{i}")));
        Assert.That(points[0].GetRawText(), Is.EqualTo("[0,\"0\"]").Or.EqualTo("[0,\"1\"]"));
    }

    private static void RequireOneRefused(Answer answer, string reason)
    {
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("written").GetInt64(), Is.EqualTo(2));
        JsonElement error = answer.Json.GetProperty("errors").EnumerateArray().Single();
        Assert.That(error.GetProperty("line").GetInt64(), Is.EqualTo(2));
        Assert.That(error.GetProperty("reason").GetString(), Does.StartWith(reason));
    }
}

using System.Text.Json;

namespace Tsdb.Server.Tests.Endpoints.Write;

public sealed class LineProtocolWriteTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("/write?db=x&rp=y&consistency=all&u=a&p=b")]
    [TestCase("/api/v2/write?org=o&bucket=b")]
    public async Task Post_GoodLines_Answers204AndTheyAreThere(string path)
    {
        string host = path.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Answer answer = await _server.WriteAsync(path, $"cpu,host=h{host} usage=42.5,busy=true 1700000000000000000\n# comment\n\n");
        Assert.That((answer.Status, answer.Text), Is.EqualTo((204, "")));
        Assert.That(
            (await _server.GetAsync($"/api/v1/query?query=cpu_usage{{host=\"h{host}\"}}&time=1700000000")).Result,
            Is.EqualTo($$"""[{"metric":{"__name__":"cpu_usage","host":"h{{host}}"},"value":[1700000000,"42.5"]}]"""));
    }

    [TestCase("n", "1700000001000000000")]
    [TestCase("us", "1700000001000000")]
    [TestCase("%C2%B5", "1700000001000000")]
    [TestCase("ms", "1700000001000")]
    [TestCase("s", "1700000001")]
    public async Task PostV1_Precision_ScalesTimestamps(string precision, string timestamp)
    {
        string metric = $"precise_{Math.Abs(precision.GetHashCode(StringComparison.Ordinal))}";
        Answer answer = await _server.WriteAsync($"/write?precision={precision}", $"{metric} value=1 {timestamp}");
        Assert.That(answer.Status, Is.EqualTo(204));
        Answer query = await _server.GetAsync($"/api/v1/query?query=timestamp({metric})&time=1700000002");
        Assert.That(query.Result, Does.Contain("\"1700000001\""));
    }

    [TestCase("/write?precision=year", "\"error\"")]
    [TestCase("/api/v2/write?precision=m", "\"code\":\"invalid\"")]
    public async Task Post_UnknownPrecision_Answers400(string path, string form)
    {
        Answer answer = await _server.WriteAsync(path, "m value=1");
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Text, Does.Contain(form).And.Contain("precision"));
    }

    [Test]
    public async Task PostV1_SomeBadLines_WritesTheGoodAndReportsTheBad()
    {
        Answer answer = await _server.WriteAsync("/write", "part value=1 1\npart value= 2\npart value=3 3\n");
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("error").GetString(), Does.StartWith("partial write:"));
        Assert.That(answer.Json.GetProperty("written").GetInt64(), Is.EqualTo(2));
        JsonElement error = answer.Json.GetProperty("errors")[0];
        Assert.That(error.GetProperty("line").GetInt64(), Is.EqualTo(2));
        Assert.That(error.GetProperty("text").GetString(), Is.EqualTo("part value= 2"));
        Assert.That(error.GetProperty("reason").GetString(), Is.Not.Empty);
        Assert.That(answer.Header("X-Influxdb-Error"), Does.StartWith("partial write:"));
        Assert.That((await _server.GetAsync("/api/v1/query?query=count_over_time(part[1h])&time=10")).Result, Does.Contain("\"2\""));
    }

    [Test]
    public async Task PostV2_SomeBadLines_ReportsInItsForm()
    {
        Answer answer = await _server.WriteAsync("/api/v2/write", "part2 value=1 1\n\npart2 oops\n");
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("code").GetString(), Is.EqualTo("invalid"));
        Assert.That(answer.Json.GetProperty("message").GetString(), Does.StartWith("partial write:"));
        Assert.That(answer.Json.GetProperty("line").GetInt64(), Is.EqualTo(3));
        Assert.That(answer.Json.GetProperty("written").GetInt64(), Is.EqualTo(1));
        Assert.That(answer.Json.GetProperty("errors").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("/write", "error")]
    [TestCase("/api/v2/write", "message")]
    public async Task Post_OnlyBadLines_SaysUnableToParse(string path, string member)
    {
        Answer answer = await _server.WriteAsync(path, "ünable ,, \"\n");
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty(member).GetString(), Does.StartWith("unable to parse:"));
    }

    [Test]
    public async Task Post_ManyBadLines_DescribesAHundred()
    {
        Answer answer = await _server.WriteAsync("/write", string.Concat(Enumerable.Repeat("bad\n", 250)));
        Assert.That(answer.Json.GetProperty("errors").GetArrayLength(), Is.EqualTo(100));
    }

    [TestCase("log text=\"only a string\" 1\n")]
    [TestCase("")]
    [TestCase("# nothing\n")]
    public async Task Post_NothingToWrite_Answers204(string lines) => Assert.That((await _server.WriteAsync("/write", lines)).Status, Is.EqualTo(204));

    [TestCase("durability=always", 204)]
    [TestCase("durability=interval", 400)]
    [TestCase("durability=never", 400)]
    public async Task Post_Durability_IsHeldToTheSetting(string parameter, int status)
    {
        Answer answer = await _server.WriteAsync($"/write?{parameter}", "durable value=1 1");
        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Post_WeakerDurabilityWhereAllowed_IsTaken()
    {
        await using RunningServer server = await RunningServer.StartAsync(("Write:AllowWeakerDurability", "true"));
        Assert.That((await server.WriteAsync("/write?durability=os", "durable value=1 1")).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Post_DatabaseLabelSetting_AddsTheLabel()
    {
        await using RunningServer server = await RunningServer.StartAsync(("Write:AddDatabaseLabel", "true"));
        await server.WriteAsync("/write?db=first", "m value=1 1000000000");
        await server.WriteAsync("/api/v2/write?bucket=second", "m value=1 1000000000");
        Answer answer = await server.GetAsync("/api/v1/label/db/values");
        Assert.That(answer.Data.GetRawText(), Is.EqualTo("""["first","second"]"""));
    }
}

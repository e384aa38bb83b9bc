namespace Tsdb.Server.Tests.Endpoints.Write;

public sealed class InfluxHandshakeTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("GET")]
    [TestCase("HEAD")]
    public async Task Ping_AnyMethod_Answers204WithAVersion(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/ping");
        Answer answer = await Answer.OfAsync(await _server.Client.SendAsync(request));
        Assert.That(answer.Status, Is.EqualTo(204));
        Assert.That(answer.Header("X-Influxdb-Version"), Is.Not.Null);
    }

    [Test]
    public async Task Health_OpenDatabase_Passes()
    {
        Answer answer = await _server.GetAsync("/health");
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Json.GetProperty("status").GetString(), Is.EqualTo("pass"));
    }

    [TestCase("CREATE DATABASE \"telegraf\"")]
    [TestCase("create database telegraf")]
    [TestCase("CREATE DATABASE telegraf WITH DURATION 3d NAME week")]
    public async Task Query_CreateDatabase_SucceedsAndIsShown(string statement)
    {
        Answer created = await _server.PostFormAsync("/query", ("q", statement));
        Assert.That(created.Status, Is.EqualTo(200));
        Assert.That(created.Text, Is.EqualTo("{\"results\":[{\"statement_id\":0}]}\n"));
        Answer shown = await _server.GetAsync("/query?q=SHOW%20DATABASES");
        Assert.That(shown.Text, Does.Contain("\"columns\":[\"name\"]").And.Contain("[\"telegraf\"]"));
    }

    [TestCase("/query", "missing required parameter")]
    [TestCase("/query?q=SELECT%20*%20FROM%20cpu", "/api/v1/query")]
    [TestCase("/query?q=CREATE%20DATABASE", "error parsing query")]
    public async Task Query_AnythingElse_Answers400(string path, string reason)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("error").GetString(), Does.Contain(reason));
    }
}

using System.Text.Json;

namespace Tsdb.Server.Tests.Endpoints.Operations;

public sealed class OperationsTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("/-/healthy", "text/plain")]
    [TestCase("/-/ready", "text/plain")]
    [TestCase("/", "text/html")]
    [TestCase("/style.css", "text/css")]
    [TestCase("/app.js", "text/javascript")]
    [TestCase("/openapi/v1.json", "application/json")]
    [TestCase("/docs", "text/html")]
    [TestCase("/metrics", "text/plain")]
    public async Task Get_Page_AnswersWithItsType(string path, string contentType)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentHeaders.ContentType?.MediaType, Is.EqualTo(contentType));
        Assert.That(answer.Header("Server"), Is.Null);
    }

    [TestCase("/api/v1/rules/test/test")]
    [TestCase("/nothing")]
    public async Task Get_UnknownPath_Answers404PageNotFound(string path)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Text, Does.Contain("page not found"));
    }

    [Test]
    public async Task Get_WriteEndpoint_Answers405AndNamesTheMethod()
    {
        Answer answer = await _server.GetAsync("/write");
        Assert.That(answer.Status, Is.EqualTo(405));
        Assert.That(answer.Text, Does.Contain("/write does not know GET, only POST."));
    }

    [Test]
    public async Task Compact_Post_Answers204WhenSettled()
    {
        await _server.WriteAsync("/write", "compacted value=1 1000000000");
        Assert.That((await _server.PostFormAsync("/api/v1/admin/tsdb/compact")).Status, Is.EqualTo(204));
        Assert.That((await _server.GetAsync("/api/v1/query?query=compacted&time=1")).Result, Does.Contain("\"1\""));
    }

    [Test]
    public async Task Options_QueryApi_AnswersCors()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/query");
        request.Headers.Add("Origin", "https://grafana.example");
        Answer answer = await Answer.OfAsync(await _server.Client.SendAsync(request));
        Assert.That(answer.Status, Is.EqualTo(204));
        Assert.That(answer.Header("Access-Control-Allow-Origin"), Is.EqualTo("*"));
    }

    [Test]
    public async Task Metrics_AfterAWrite_CountItsSamples()
    {
        await _server.WriteAsync("/write", "counted value=1 1000000000");
        Assert.That((await _server.GetAsync("/metrics")).Text, Does.Contain("ingest_samples_written").And.Contain("storage_head_series"));
    }

    [Test]
    public async Task OpenApi_Document_ListsEveryEndpointWithItsParameters()
    {
        JsonElement paths = (await _server.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        string[] expected =
        [
            "/write", "/api/v2/write", "/api/v1/write", "/query", "/ping", "/health", "/api/v1/query", "/api/v1/query_range", "/api/v1/series", "/api/v1/labels",
            "/api/v1/label/{name}/values", "/api/v1/status/buildinfo", "/api/v1/admin/tsdb/compact", "/-/healthy", "/-/ready",
            "/api/v1/metadata", "/api/v1/query_exemplars", "/api/v1/rules", "/api/v1/alerts", "/api/v1/targets",
        ];
        Assert.That(paths.EnumerateObject().Select(path => path.Name), Is.EquivalentTo(expected));
        JsonElement parameters = paths.GetProperty("/api/v1/query_range").GetProperty("get").GetProperty("parameters");
        Assert.That(parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()), Is.SupersetOf(new[] { "query", "start", "end", "step" }));
        JsonElement form = paths.GetProperty("/api/v1/query_range").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.That(form.TryGetProperty("application/x-www-form-urlencoded", out _), Is.True);
    }

    [Test]
    public async Task AnyEndpoint_UnopenedDatabase_Answers503WithRetryAfter()
    {
        await using RunningServer server = await RunningServer.StartUnopenedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await server.GetAsync("/-/healthy")).Status, Is.EqualTo(200));
            Assert.That((await server.GetAsync("/ping")).Status, Is.EqualTo(204));
            Assert.That((await server.GetAsync("/health")).Status, Is.EqualTo(503));
            AssertUnavailable(await server.GetAsync("/-/ready"));
            AssertUnavailable(await server.GetAsync("/api/v1/query?query=1"));
            AssertUnavailable(await server.WriteAsync("/write", "m value=1"));
            AssertUnavailable(await server.WriteAsync("/api/v2/write", "m value=1"));
        }
    }

    private static void AssertUnavailable(Answer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That(answer.Header("Retry-After"), Is.EqualTo("1"));
    }
}

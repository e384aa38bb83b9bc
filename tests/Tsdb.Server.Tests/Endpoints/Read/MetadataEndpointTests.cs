namespace Tsdb.Server.Tests.Endpoints.Read;

public sealed class MetadataEndpointTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.WriteAsync(
            "/write", "cpu,host=a usage=1 1000000000000\ncpu,host=b usage=2 2000000000000\nmem,host=a,service.name=x value=3 3000000000500\n");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("/api/v1/labels", """["__name__","host","service.name"]""")]
    [TestCase("/api/v1/labels?match[]=cpu_usage", """["__name__","host"]""")]
    [TestCase("/api/v1/labels?start=1000&end=2000", """["__name__","host"]""")]
    [TestCase("/api/v1/label/host/values", """["a","b"]""")]
    [TestCase("/api/v1/label/__name__/values", """["cpu_usage","mem"]""")]
    [TestCase("/api/v1/label/host/values?match[]=mem&match[]=cpu_usage{host=\"b\"}", """["a","b"]""")]
    [TestCase("/api/v1/label/host/values?start=0&end=1500", """["a"]""")]
    [TestCase("/api/v1/label/U__service_2e_name/values", """["x"]""")]
    [TestCase("/api/v1/label/service.name/values", """["x"]""")]
    [TestCase("/api/v1/label/none/values", "[]")]
    [TestCase("/api/v1/series?match[]={host=\"a\"}", """[{"__name__":"cpu_usage","host":"a"},{"__name__":"mem","host":"a","service.name":"x"}]""")]
    [TestCase("/api/v1/series?match[]=mem&match[]={host=\"a\"}&start=2500", """[{"__name__":"mem","host":"a","service.name":"x"}]""")]
    [TestCase("/api/v1/series?match[]=mem&start=3000&end=3000", """[{"__name__":"mem","host":"a","service.name":"x"}]""")]
    [TestCase("/api/v1/series?match[]=mem&start=3001", "[]")]
    public async Task Get_Metadata_AnswersSortedOnceEach(string path, string data)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Data.GetRawText(), Is.EqualTo(data));
    }

    [TestCase("/api/v1/series")]
    [TestCase("/api/v1/labels")]
    public async Task PostForm_Metadata_AnswersAsGet(string path)
    {
        Answer answer = await _server.PostFormAsync(path, ("match[]", "{host=\"b\"}"));
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Data.GetArrayLength(), Is.EqualTo(path.EndsWith("series", StringComparison.Ordinal) ? 1 : 2));
    }

    [TestCase("/api/v1/labels?limit=1")]
    [TestCase("/api/v1/label/host/values?limit=1")]
    [TestCase("/api/v1/series?match[]={host!=\"\"}&limit=1")]
    public async Task Get_Limit_CutsAndWarns(string path)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Data.GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.Json.GetProperty("warnings").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("/api/v1/series", "no match[] parameter provided")]
    [TestCase("/api/v1/series?match[]={x=\"\"}", "match[] must contain at least one non-empty matcher")]
    [TestCase("/api/v1/series?match[]={", "parse error")]
    [TestCase("/api/v1/series?match[]=1", "is no series selector")]
    [TestCase("/api/v1/series?match[]=a[5m]", "is no series selector")]
    [TestCase("/api/v1/series?match[]=a%20offset%205m", "is no series selector")]
    [TestCase("/api/v1/series?match[]=a%20anchored", "is no series selector")]
    [TestCase("/api/v1/series?match[]=a%20smoothed", "is no series selector")]
    [TestCase("/api/v1/labels?start=2&end=1", "end timestamp must not be before start timestamp")]
    public async Task Get_BadRequest_Answers400(string path, string reason)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("error").GetString(), Does.Contain(reason));
    }

    [TestCase("/api/v1/metadata?limit=5")]
    [TestCase("/api/v1/query_exemplars?query=test&start=1700000000000&end=1700000100000")]
    [TestCase("/api/v1/rules")]
    [TestCase("/api/v1/alerts")]
    [TestCase("/api/v1/targets?state=active")]
    public async Task Get_WhatThereIsNot_AnswersNone(string path)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Json.GetProperty("status").GetString(), Is.EqualTo("success"));
    }

    [Test]
    public async Task BuildInfo_Get_HasAVersionAndNoFeatures()
    {
        Answer answer = await _server.GetAsync("/api/v1/status/buildinfo");
        Assert.That(answer.Data.GetProperty("version").GetString(), Is.Not.Empty);
        Assert.That(answer.Data.TryGetProperty("features", out _), Is.False);
    }
}

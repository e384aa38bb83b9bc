namespace Tsdb.Server.Tests.Endpoints.Read;

public sealed class QueryEndpointTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync(("Query:MaxPointsPerSeries", "100"));
        await _server.WriteAsync("/write", string.Concat(Enumerable.Range(0, 11).Select(i =>
            $"requests,code=200,path=/a\\ \"b\" value={i * 10} {1_700_000_000 + (i * 10)}000000000\n" +
            $"requests,code=500 value={i} {1_700_000_000 + (i * 10)}500000000\n")));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("1+1", "4", """{"resultType":"scalar","result":[4,"2"]}""")]
    [TestCase("\"a\\\"b\"", "4.5", """{"resultType":"string","result":[4.500,"a\"b"]}""")]
    [TestCase("nothing", "4", """{"resultType":"vector","result":[]}""")]
    [TestCase("1/0", "-1.5", """{"resultType":"scalar","result":[-1.500,"+Inf"]}""")]
    [TestCase(
        "requests{code=\"200\"}", "1700000095", """{"resultType":"vector","result":[{"metric":{"__name__":"requests","code":"200","path":"/a \"b\""},"value":[1700000095,"90"]}]}""")]
    [TestCase("sum(requests)", "2023-11-14T22:13:25Z", """{"resultType":"vector","result":[{"metric":{},"value":[1700000005,"0"]}]}""")]
    [TestCase(
        "requests{code=\"500\"}[15s]", "1700000016", """{"resultType":"matrix","result":[{"metric":{"__name__":"requests","code":"500"},"values":[[1700000010.500,"1"]]}]}""")]
    public async Task Query_Expression_AnswersAsPrometheusDoes(string query, string time, string data)
    {
        Answer get = await _server.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}&time={Uri.EscapeDataString(time)}");
        Assert.That(get.Text, Is.EqualTo($"{{\"status\":\"success\",\"data\":{data}}}"));
        Answer post = await _server.PostFormAsync("/api/v1/query", ("query", query), ("time", time));
        Assert.That(post.Text, Is.EqualTo(get.Text));
    }

    [Test]
    public async Task QueryRange_Expression_AnswersEachStep()
    {
        Answer answer = await _server.PostFormAsync(
            "/api/v1/query_range", ("query", "requests{code=\"200\"}"), ("start", "1700000000"), ("end", "1700000020.5"), ("step", "10s"));
        Assert.That(answer.Result, Is.EqualTo(
            """[{"metric":{"__name__":"requests","code":"200","path":"/a \"b\""},"values":[[1700000000,"0"],[1700000010,"10"],[1700000020,"20"]]}]"""));
    }

    [Test]
    public async Task QueryRange_AsManyStepsAsTheLimit_IsTaken()
    {
        Answer answer = await _server.GetAsync("/api/v1/query_range?query=vector(1)&start=1&end=101&step=1");
        Assert.That(answer.Data.GetProperty("result")[0].GetProperty("values").GetArrayLength(), Is.EqualTo(101));
    }

    [Test]
    public async Task Query_Limit_CutsAndWarns()
    {
        Answer answer = await _server.GetAsync("/api/v1/query?query=requests&time=1700000060&limit=1");
        Assert.That(answer.Data.GetProperty("result").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.Json.GetProperty("warnings")[0].GetString(), Is.EqualTo("results truncated due to limit"));
    }

    [Test]
    public async Task Query_Stats_AreTold()
    {
        Answer answer = await _server.GetAsync("/api/v1/query?query=requests&time=1700000060&stats=all");
        Assert.That(answer.Data.GetProperty("stats").GetProperty("samples").GetProperty("totalQueryableSamples").GetInt64(), Is.Positive);
    }

    [Test]
    public async Task Query_Lookback_IsTaken()
    {
        Answer answer = await _server.GetAsync("/api/v1/query?query=requests&time=1700000160&lookback_delta=10s");
        Assert.That(answer.Result, Is.EqualTo("[]"));
    }

    [TestCase("/api/v1/query", 400, "bad_data", "invalid parameter \"query\"")]
    [TestCase("/api/v1/query?query=sum(", 400, "bad_data", "parse error")]
    [TestCase("/api/v1/query?query=1&time=soon", 400, "bad_data", "invalid parameter \"time\": cannot parse \"soon\" to a valid timestamp")]
    [TestCase("/api/v1/query?query=1&time=NaN", 400, "bad_data", "cannot parse \"NaN\" to a valid timestamp")]
    [TestCase("/api/v1/query?query=1&timeout=x", 400, "bad_data", "invalid parameter \"timeout\": cannot parse \"x\" to a valid duration")]
    [TestCase("/api/v1/query?query=1&limit=-1", 400, "bad_data", "invalid parameter \"limit\"")]
    [TestCase("/api/v1/query?query=requests%2Bon()requests&time=1700000060", 422, "execution", "duplicate series")]
    [TestCase("/api/v1/query_range?query=1&start=2&end=1&step=1", 400, "bad_data", "end timestamp must not be before start time")]
    [TestCase("/api/v1/query_range?query=1&start=1&end=2&step=0", 400, "bad_data", "zero or negative query resolution step widths are not accepted")]
    [TestCase("/api/v1/query_range?query=1&start=1&end=2&step=-5", 400, "bad_data", "zero or negative")]
    [TestCase("/api/v1/query_range?query=1&start=1&end=2&step=1e20", 400, "bad_data", "It overflows int64")]
    [TestCase("/api/v1/query_range?query=1&start=1&end=102&step=1", 400, "bad_data", "exceeded maximum resolution of 100 points per timeseries")]
    [TestCase("/api/v1/query_range?query=1&start=1&end=2", 400, "bad_data", "invalid parameter \"step\"")]
    [TestCase("/api/v1/query_range?query=1&end=2&step=1", 400, "bad_data", "invalid parameter \"start\"")]
    public async Task Query_BadRequest_AnswersPrometheusError(string path, int status, string errorType, string reason)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Json.GetProperty("status").GetString(), Is.EqualTo("error"));
        Assert.That(answer.Json.GetProperty("errorType").GetString(), Is.EqualTo(errorType));
        Assert.That(answer.Json.GetProperty("error").GetString(), Does.Contain(reason));
    }

    [Test]
    public async Task Query_FormOverTheLimit_Answers413AndNamesTheSetting()
    {
        Answer answer = await _server.PostFormAsync("/api/v1/query", ("query", new string('x', 5 << 20)));
        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Json.GetProperty("error").GetString(), Does.Contain("4194304").And.Contain("Http:MaxRequestBytes"));
    }

    [Test]
    public async Task Query_ZeroTimeout_Answers503Timeout()
    {
        Answer answer = await _server.GetAsync("/api/v1/query?query=1&timeout=0");
        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That(answer.Json.GetProperty("errorType").GetString(), Is.EqualTo("timeout"));
    }

    [Test]
    public async Task QueryRange_LargeResult_IsCompleteAndCompressedWhenAsked()
    {
        await _server.WriteAsync("/write", string.Concat(Enumerable.Range(0, 2000).Select(i => $"many,i=i{i} value={i}.25 1700000000000000000\n")));
        const string path = "/api/v1/query_range?query=many&start=1700000000&end=1700000099&step=1";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using HttpResponseMessage compressed = await _server.Client.SendAsync(request);
        Assert.That(compressed.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        Answer plain = await _server.GetAsync(path);
        Assert.That(plain.Data.GetProperty("result").GetArrayLength(), Is.EqualTo(2000));
        Assert.That(plain.Data.GetProperty("result")[1999].GetProperty("values").GetArrayLength(), Is.EqualTo(100));
    }
}

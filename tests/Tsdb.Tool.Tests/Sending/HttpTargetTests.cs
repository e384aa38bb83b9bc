using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Tsdb.Tool.Sending;

namespace Tsdb.Tool.Tests.Sending;

public sealed class HttpTargetTests
{
    [Test]
    public async Task SendAsync_ManyChunks_ArriveWholeAtTheWriteEndpoint()
    {
        var server = new FakeServer(_ => new HttpResponseMessage(HttpStatusCode.NoContent));
        var tally = new SendTally();
        await using (HttpTarget target = Connect(server, tally))
        {
            for (int i = 0; i < 20; i++)
            {
                await target.SendAsync(Chunk($"m v={i}\n"), CancellationToken.None);
            }

            await target.CompleteAsync();
        }

        Assert.That(server.Bodies, Is.EquivalentTo(Enumerable.Range(0, 20).Select(i => $"m v={i}\n")));
        Assert.That(server.Uris.Distinct().Single(), Is.EqualTo("http://server/api/v2/write?precision=ns"));
        Assert.That((tally.Lines, tally.Samples), Is.EqualTo((20L, 40L)));
    }

    [Test]
    public async Task SendAsync_ServerBusy_SendsTheSameAgain()
    {
        var server = new FakeServer(attempt => attempt > 2 ? new HttpResponseMessage(HttpStatusCode.NoContent) : Busy());
        var tally = new SendTally();
        await using HttpTarget target = Connect(server, tally);

        await target.SendAsync(Chunk("m v=1\n"), CancellationToken.None);
        await target.CompleteAsync();

        Assert.That(server.Bodies, Is.EqualTo(Enumerable.Repeat("m v=1\n", 3)));
        Assert.That((tally.Retries, tally.Lines), Is.EqualTo((2L, 1L)));
    }

    [Test]
    public async Task SendAsync_LinesRefused_AreDescribed()
    {
        const string Body = """{"code":"invalid","message":"partial write: …","errors":[{"line":3,"text":"bad","reason":"a field must follow"}]}""";
        var server = new FakeServer(_ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent(Body) });
        var tally = new SendTally();
        await using HttpTarget target = Connect(server, tally);

        await target.SendAsync(Chunk("bad\n"), CancellationToken.None);
        await target.CompleteAsync();

        Assert.That(tally.PartialRequests, Is.EqualTo(1));
        Assert.That(tally.Errors, Is.EqualTo(new[] { "line 3 of its request: a field must follow: bad" }));
    }

    [Test]
    public async Task CompleteAsync_ServerFails_SaysWhatItAnswered()
    {
        var server = new FakeServer(_ => new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge) { Content = new StringContent("too large") });
        await using HttpTarget target = Connect(server, new SendTally());

        await target.SendAsync(Chunk("m v=1\n"), CancellationToken.None);

        Assert.That(target.CompleteAsync, Throws.TypeOf<HttpRequestException>().With.Message.Contains("413").And.Message.Contains("too large"));
    }

    [TestCase("unable to parse", "unable to parse")]
    [TestCase("{\"error\":\"x\"}", "{\"error\":\"x\"}")]
    [TestCase("[1]", "[1]")]
    public void Describe_AnotherServersAnswer_IsTheAnswer(string body, string expected) =>
        Assert.That(WriteErrors.Describe(body), Is.EqualTo(new[] { expected }));

    private static HttpTarget Connect(FakeServer server, SendTally tally) =>
        new(new HttpClient(server), new Uri("http://server"), connections: 3, tally, TimeProvider.System);

    private static TextChunk Chunk(string text) => TextChunk.Copy(System.Text.Encoding.UTF8.GetBytes(text), lineCount: 1, sampleCount: 2);

    private static HttpResponseMessage Busy()
    {
        var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
        return response;
    }

    private sealed class FakeServer(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        private int _attempts;

        public ConcurrentQueue<string> Bodies { get; } = [];

        public ConcurrentQueue<string> Uris { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Enqueue(await request.Content!.ReadAsStringAsync(cancellationToken));
            Uris.Enqueue(request.RequestUri!.ToString());
            return answer(Interlocked.Increment(ref _attempts));
        }
    }
}

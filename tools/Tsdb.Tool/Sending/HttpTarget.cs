using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Tsdb.Tool.Sending;

/// <summary>Posts lines to a server over several connections at once, and waits when it says that it is busy.</summary>
internal sealed class HttpTarget : ILineTarget
{
    private const int MaxAttempts = 30;
    private const string DefaultPath = "/api/v2/write?precision=ns";

    private static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(1);

    private readonly HttpClient _client;
    private readonly Uri _uri;
    private readonly SendTally _tally;
    private readonly TimeProvider _time;
    private readonly Channel<TextChunk> _chunks;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _senders; // started here, awaited by CompleteAsync and DisposeAsync

    /// <summary>Starts the connections.</summary>
    /// <param name="client">Owned by the target.</param>
    /// <param name="uri">The server, or the full address of a write endpoint; a bare server gets the v2 endpoint.</param>
    /// <param name="connections">Requests in flight at once.</param>
    /// <param name="tally">Counts what arrived.</param>
    /// <param name="time">Waits between attempts.</param>
    public HttpTarget(HttpClient client, Uri uri, int connections, SendTally tally, TimeProvider time)
    {
        _client = client;
        _uri = uri.AbsolutePath == "/" ? new Uri(uri, DefaultPath) : uri;
        _tally = tally;
        _time = time;
        _chunks = Channel.CreateBounded<TextChunk>(connections);
        _senders = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendLoopAsync)));
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(TextChunk chunk, CancellationToken cancellationToken)
    {
        try
        {
            await _chunks.Writer.WriteAsync(chunk, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            await _senders; // a sender failed; its exception says why
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        _chunks.Writer.TryComplete();
        await _senders;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _chunks.Writer.TryComplete();
        await _senders.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task SendLoopAsync()
    {
        try
        {
            await foreach (TextChunk chunk in _chunks.Reader.ReadAllAsync(_stop.Token))
            {
                using (chunk)
                {
                    await SendOneAsync(chunk);
                    _tally.AddSent(chunk);
                }
            }
        }
        catch (Exception failure)
        {
            _chunks.Writer.TryComplete(failure);
            throw;
        }
    }

    private async Task SendOneAsync(TextChunk chunk)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var content = new ReadOnlyMemoryContent(chunk.Text);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
            using HttpResponseMessage response = await _client.PostAsync(_uri, content, _stop.Token);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            string body = await response.Content.ReadAsStringAsync(_stop.Token);
            if (response.StatusCode == HttpStatusCode.BadRequest)
            {
                _tally.AddPartial(WriteErrors.Describe(body));
                return;
            }

            bool isBusy = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
            if (!isBusy || attempt == MaxAttempts)
            {
                throw new HttpRequestException($"{_uri} answered {(int)response.StatusCode} {response.ReasonPhrase}: {body.Trim()}");
            }

            _tally.AddRetry();
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? DefaultRetryDelay, _time, _stop.Token);
        }
    }
}

using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Tsdb.Ingest;
using Tsdb.Server.Configuration;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Tsdb.Server.Transport;

/// <summary>A request's body, decoded while it is read. Dispose it when the request is served.</summary>
/// <remarks>Whoever reads it counts the decoded bytes and stops at the limit: bodies are streamed, so a small body that decodes to a huge one costs no memory.</remarks>
internal sealed class RequestBody : IAsyncDisposable
{
    private const int DecodedChunkBytes = 128 << 10;

    // RFC 8878 asks decoders to support windows of 8 MiB and lets them refuse larger ones, whose memory a small body could demand.
    private const int MaxZstdWindowLog = 23;

    private readonly Stream? _decoder;

    private RequestBody(PipeReader reader, Stream? decoder)
    {
        Reader = reader;
        _decoder = decoder;
    }

    /// <summary>The decoded bytes. Reading throws <see cref="RequestException"/> when the encoding is damaged.</summary>
    public PipeReader Reader { get; }

    /// <summary>Opens a request's body.</summary>
    /// <param name="context">The request; its Content-Encoding may be gzip, zstd, identity or missing.</param>
    /// <param name="limitBytes">The largest decoded size.</param>
    /// <param name="limit">The setting that gives the limit.</param>
    /// <exception cref="RequestTooLargeException">The declared size is over the limit.</exception>
    /// <exception cref="RequestException">Another encoding.</exception>
    public static RequestBody Open(HttpContext context, long limitBytes, Setting limit)
    {
        Admit(context, limitBytes, limitBytes, limit);
        string encoding = context.Request.Headers.ContentEncoding.ToString();
        Stream? decoder = encoding.ToLowerInvariant() switch
        {
            "" or "identity" => null,
            "gzip" or "x-gzip" => new GZipStream(context.Request.Body, CompressionMode.Decompress),
            "zstd" => OpenZstd(context.Request.Body),
            _ => throw new RequestException(
                StatusCodes.Status415UnsupportedMediaType, $"The Content-Encoding \"{encoding}\" is not supported; gzip, zstd and identity are."),
        };
        if (decoder is null)
        {
            return new RequestBody(context.Request.BodyReader, null);
        }

        var explained = new DecoderStream(decoder, encoding);
        return new RequestBody(PipeReader.Create(explained, new StreamPipeReaderOptions(bufferSize: DecodedChunkBytes)), explained);
    }

    /// <summary>Refuses a body whose declared length is over a limit, and else leaves the limit to whoever reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBodyBytes">The longest body, encoded as it comes.</param>
    /// <param name="limitBytes">The limit the answer names.</param>
    /// <param name="limit">The setting that gives the limit.</param>
    /// <exception cref="RequestTooLargeException">It is over it.</exception>
    public static void Admit(HttpContext context, long maxBodyBytes, long limitBytes, Setting limit)
    {
        if (context.Request.ContentLength > maxBodyBytes)
        {
            CheckDeclaredLength(context, limitBytes, limit);
        }

        if (SizeLimit(context) is { } size)
        {
            size.MaxRequestBodySize = null; // the reader's limit names the setting that changes it
        }
    }

    /// <summary>Refuses a request whose declared length is over a limit, before anything is read.</summary>
    /// <exception cref="RequestTooLargeException">It is.</exception>
    public static void CheckDeclaredLength(HttpContext context, long limitBytes, Setting limit)
    {
        if (context.Request.ContentLength is not { } declaredBytes || declaredBytes <= limitBytes)
        {
            return;
        }

        // Without a limit of its own the server reads on for some seconds, so that a client that is still sending gets to read the answer.
        if (SizeLimit(context) is { } size)
        {
            size.MaxRequestBodySize = null;
        }

        throw new RequestTooLargeException(limitBytes, limit.Key);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_decoder is not null)
        {
            await Reader.CompleteAsync();
            await _decoder.DisposeAsync();
        }
    }

    private static IHttpMaxRequestBodySizeFeature? SizeLimit(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size ? size : null;

    private static DecompressionStream OpenZstd(Stream body)
    {
        var stream = new DecompressionStream(body, DecodedChunkBytes, checkEndOfStream: true, leaveOpen: true);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
        return stream;
    }
}

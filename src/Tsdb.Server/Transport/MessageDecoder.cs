using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Tsdb.Ingest;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Server.Configuration;
using ZstdSharp;

namespace Tsdb.Server.Transport;

/// <summary>
/// Reads bodies that must be whole before they can be used: protobuf messages as Snappy blocks or zstd frames. A size over the limit, declared or
/// actual, is refused before memory is spent on it. Safe for concurrent use.
/// </summary>
internal sealed class MessageDecoder : IDisposable
{
    private const int FirstBytes = 64 << 10;
    private const int MaxIdleDecompressors = 16; // each holds some 150 KiB

    private readonly ConcurrentBag<Decompressor> _idle = [];

    /// <summary>Reads and decodes a body.</summary>
    /// <param name="context">The request; its Content-Encoding may be snappy, zstd, or missing, which means snappy.</param>
    /// <param name="limitBytes">The largest decoded size; less than 2 GiB.</param>
    /// <param name="limit">The setting that gives the limit.</param>
    /// <returns>The decoded body, the caller's.</returns>
    /// <exception cref="RequestTooLargeException">The body is larger.</exception>
    /// <exception cref="MalformedMessageException">The body is not in that encoding.</exception>
    /// <exception cref="RequestException">Another encoding.</exception>
    public async Task<PooledBytes> ReadAsync(HttpContext context, long limitBytes, Setting limit)
    {
        string encoding = context.Request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        if (encoding is not ("" or "snappy" or "zstd"))
        {
            throw new RequestException(
                StatusCodes.Status415UnsupportedMediaType, $"The Content-Encoding \"{encoding}\" is not supported; snappy (its block format) and zstd are.");
        }

        long maxBodyBytes = SnappyBlock.MaxBlockBytes(limitBytes);
        RequestBody.Admit(context, maxBodyBytes, limitBytes, limit);
        PipeReader reader = context.Request.BodyReader;
        using var body = new PooledBytes((int)Math.Min(context.Request.ContentLength ?? FirstBytes, maxBodyBytes));
        ReadResult result;
        do
        {
            result = await reader.ReadAsync(context.RequestAborted);
            ReadOnlySequence<byte> read = result.Buffer;
            bool isTooLarge = body.Length + read.Length > maxBodyBytes;
            if (!isTooLarge)
            {
                body.Append(read);
            }

            reader.AdvanceTo(read.End);
            if (isTooLarge)
            {
                throw new RequestTooLargeException(limitBytes, limit.Key);
            }
        }
        while (!result.IsCompleted);

        return encoding == "zstd" ? DecodeZstd(body.Memory.Span, limitBytes, limit) : DecodeSnappy(body.Memory.Span, limitBytes, limit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out Decompressor? decompressor))
        {
            decompressor.Dispose();
        }
    }

    private static PooledBytes DecodeSnappy(ReadOnlySpan<byte> block, long limitBytes, Setting limit)
    {
        long length = SnappyBlock.ReadDecodedLength(block);
        PooledBytes message = Rent(length, limitBytes, limit);
        try
        {
            SnappyBlock.Decode(block, message.SetLength((int)length));
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private PooledBytes DecodeZstd(ReadOnlySpan<byte> frames, long limitBytes, Setting limit)
    {
        if (!_idle.TryTake(out Decompressor? decompressor))
        {
            decompressor = new Decompressor();
        }

        PooledBytes? message = null;
        try
        {
            // Of a frame that does not tell its size this is what its blocks can come to at most.
            ulong most = Decompressor.GetDecompressedSize(frames);
            message = Rent((long)Math.Min(most, long.MaxValue), limitBytes, limit);
            message.SetLength(decompressor.Unwrap(frames, message.SetLength((int)most)));
            return message;
        }
        catch (ZstdException error)
        {
            message?.Dispose();
            throw new MalformedMessageException($"The zstd body is damaged: {error.Message}");
        }
        finally
        {
            Return(decompressor);
        }
    }

    private void Return(Decompressor decompressor)
    {
        if (_idle.Count < MaxIdleDecompressors)
        {
            _idle.Add(decompressor);
        }
        else
        {
            decompressor.Dispose();
        }
    }

    private static PooledBytes Rent(long length, long limitBytes, Setting limit) =>
        length <= limitBytes ? new PooledBytes((int)length) : throw new RequestTooLargeException(limitBytes, limit.Key);
}

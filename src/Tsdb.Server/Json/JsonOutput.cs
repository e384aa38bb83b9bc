using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Tsdb.Query.Results;

namespace Tsdb.Server.Json;

/// <summary>
/// Writes JSON as UTF-8 straight into a response's pipe. It writes what it is told, commas included: the callers know their grammar, and a
/// thousand series of a thousand samples leave no time for bookkeeping. Not thread-safe.
/// </summary>
internal sealed class JsonOutput(PipeWriter pipe)
{
    private const int ChunkBytes = 16 << 10;
    private const int FlushBytes = 128 << 10;

    private Memory<byte> _chunk;
    private int _used;
    private int _sinceFlush;

    // What must be escaped in a JSON string (RFC 8259, section 7).
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > ChunkBytes)
        {
            bytes[..ChunkBytes].CopyTo(Reserve(ChunkBytes));
            _used += ChunkBytes;
            bytes = bytes[ChunkBytes..];
        }

        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>Writes a string, quoted and escaped.</summary>
    /// <param name="utf8">The text; valid UTF-8.</param>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        while (utf8.IndexOfAny(Escaped) is var at and >= 0)
        {
            Raw(utf8[..at]);
            Escape(utf8[at]);
            utf8 = utf8[(at + 1)..];
        }

        Raw(utf8);
        Raw("\""u8);
    }

    /// <summary>Writes a string, quoted and escaped.</summary>
    public void Text(string text) => Text(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a whole number.</summary>
    public void Integer(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out int length);
        _used += length;
    }

    /// <summary>Writes a timestamp in seconds: <c>1700000000</c> or, with three decimals, <c>1700000000.250</c>.</summary>
    public void Timestamp(long milliseconds)
    {
        Span<byte> span = Reserve(MaxTimestampLength);
        _used += FormatTimestamp(milliseconds, span);
    }

    /// <summary>Writes a point, <c>[1700000000,"1.5"]</c>, with a timestamp that is formatted already.</summary>
    public void Point(ReadOnlySpan<byte> timestamp, double value)
    {
        Span<byte> span = Reserve(MaxTimestampLength + PrometheusNumber.MaxLength + 5);
        span[0] = (byte)'[';
        timestamp.CopyTo(span[1..]);
        int at = timestamp.Length + 1;
        span[at] = (byte)',';
        span[at + 1] = (byte)'"';
        PrometheusNumber.TryFormat(value, span[(at + 2)..], out int length);
        at += length + 2;
        span[at] = (byte)'"';
        span[at + 1] = (byte)']';
        _used += at + 2;
    }

    /// <summary>The longest text of a timestamp in bytes.</summary>
    public const int MaxTimestampLength = 24;

    /// <summary>Formats a timestamp as <see cref="Timestamp"/> writes it; returns its length. For a grid of steps that many series share.</summary>
    public static int FormatTimestamp(long milliseconds, Span<byte> destination)
    {
        (long seconds, long rest) = Math.DivRem(milliseconds, 1000);
        int length = 0;
        if (milliseconds < 0)
        {
            destination[length++] = (byte)'-';
        }

        // Divided first, so that the smallest value's absolute value exists.
        Utf8Formatter.TryFormat(Math.Abs(seconds), destination[length..], out int digits);
        length += digits;
        long fraction = Math.Abs(rest);
        if (fraction != 0)
        {
            destination[length] = (byte)'.';
            destination[length + 1] = (byte)('0' + (fraction / 100));
            destination[length + 2] = (byte)('0' + (fraction / 10 % 10));
            destination[length + 3] = (byte)('0' + (fraction % 10));
            length += 4;
        }

        return length;
    }

    /// <summary>Sends what was written when it has become much, waiting while the client is slow.</summary>
    public ValueTask FlushIfLargeAsync(CancellationToken cancellationToken) =>
        _sinceFlush + _used < FlushBytes ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    /// <summary>Sends all that was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Advance();
        _sinceFlush = 0;
        await pipe.FlushAsync(cancellationToken);
    }

    private void Escape(byte c)
    {
        ReadOnlySpan<byte> text = c switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\r' => "\\r"u8,
            (byte)'\t' => "\\t"u8,
            _ => [],
        };
        if (!text.IsEmpty)
        {
            Raw(text);
            return;
        }

        Raw("\\u00"u8);
        Span<byte> digits = Reserve(2);
        Utf8Formatter.TryFormat(c, digits, out int length, new StandardFormat('x', 2));
        _used += length;
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_chunk.Length - _used < bytes)
        {
            Advance();
            _chunk = pipe.GetMemory(ChunkBytes);
        }

        return _chunk.Span[_used..];
    }

    private void Advance()
    {
        if (_used > 0)
        {
            pipe.Advance(_used); // the server's pipe refuses even 0 before memory was asked for
        }

        _sinceFlush += _used;
        _chunk = default;
        _used = 0;
    }
}

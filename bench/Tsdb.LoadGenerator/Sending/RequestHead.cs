using System.Globalization;
using System.Text;

namespace Tsdb.LoadGenerator.Sending;

/// <summary>The part of each request before its body: built once, but for the length.</summary>
internal sealed class RequestHead
{
    private const int MaxLengthBytes = 16;

    private readonly byte[] _start;

    /// <summary>Builds the constant part.</summary>
    /// <param name="uri">Where to; with the query.</param>
    /// <param name="headers">Further headers, each <c>Name: value</c>.</param>
    public RequestHead(Uri uri, IEnumerable<string> headers)
    {
        string lines = string.Concat(headers.Select(header => $"{header}\r\n"));
        _start = Encoding.ASCII.GetBytes($"POST {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\n{lines}Content-Length: ");
    }

    /// <summary>Most bytes that <see cref="Write"/> fills.</summary>
    public int MaxBytes => _start.Length + MaxLengthBytes;

    /// <summary>Writes the head of a request.</summary>
    /// <returns>How many bytes.</returns>
    public int Write(int bodyBytes, Span<byte> destination)
    {
        _start.CopyTo(destination);
        bodyBytes.TryFormat(destination[_start.Length..], out int digits, default, CultureInfo.InvariantCulture);
        "\r\n\r\n"u8.CopyTo(destination[(_start.Length + digits)..]);
        return _start.Length + digits + 4;
    }
}

using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Tsdb.LoadGenerator.Sending;

/// <summary>Reads the answers of one kept connection: the status, and as much of the rest as is needed to find the next. Not thread-safe.</summary>
/// <param name="read">Reads bytes into a span and says how many; 0 at the end.</param>
internal sealed class ResponseReader(ResponseReader.ReadBytes read)
{
    private const int MaxHeaderBytes = 16 << 10;

    private readonly byte[] _bytes = new byte[MaxHeaderBytes];
    private int _count;

    /// <summary>Reads bytes, as <see cref="Socket.Receive(Span{byte})"/> does.</summary>
    internal delegate int ReadBytes(Span<byte> destination);

    /// <summary>The start of the last answer's body, for people to read.</summary>
    public string BodyStart { get; private set; } = "";

    /// <summary>Reads one answer.</summary>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="FormatException">It is no HTTP answer that this client understands.</exception>
    public int ReadStatus()
    {
        int headEnd;
        while ((headEnd = _bytes.AsSpan(0, _count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Fill();
        }

        ReadOnlySpan<byte> head = _bytes.AsSpan(0, headEnd + 2);
        if (!head.StartsWith("HTTP/1."u8) || head.Length < 12 || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out _))
        {
            throw new FormatException("The server's answer is not HTTP/1.");
        }

        bool isChunked = TryFindHeader(head, "\r\ntransfer-encoding:"u8, out _);
        long bodyBytes = TryFindHeader(head, "\r\ncontent-length:"u8, out ReadOnlySpan<byte> text) && Utf8Parser.TryParse(text, out long length, out _) ? length : 0;
        Drop(headEnd + 4);
        BodyStart = "";
        if (status is 204 or 304)
        {
            return status;
        }

        if (isChunked)
        {
            SkipChunks();
        }
        else
        {
            SkipBody(bodyBytes);
        }

        return status;
    }

    private static bool TryFindHeader(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (int at = 0; at + name.Length <= head.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(at, name.Length), name))
            {
                value = head[(at + name.Length)..].TrimStart((byte)' ');
                return true;
            }
        }

        value = default;
        return false;
    }

    private void SkipChunks()
    {
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _bytes.AsSpan(0, _count).IndexOf("\r\n"u8)) < 0)
            {
                Fill();
            }

            if (!Utf8Parser.TryParse(_bytes.AsSpan(0, lineEnd), out long chunkBytes, out _, 'x'))
            {
                throw new FormatException("A chunk of the server's answer has no length.");
            }

            Drop(lineEnd + 2);
            SkipBody(chunkBytes + 2); // with the line feed behind it, which ends the answer if the chunk is empty
            if (chunkBytes == 0)
            {
                return;
            }
        }
    }

    private void SkipBody(long bodyBytes)
    {
        while (bodyBytes > 0)
        {
            if (_count == 0)
            {
                Fill();
            }

            int part = (int)Math.Min(bodyBytes, _count);
            if (BodyStart.Length == 0)
            {
                BodyStart = Encoding.UTF8.GetString(_bytes, 0, Math.Min(part, 300));
            }

            Drop(part);
            bodyBytes -= part;
        }
    }

    private void Fill()
    {
        if (_count == _bytes.Length)
        {
            throw new FormatException($"The head of the server's answer is longer than {MaxHeaderBytes} bytes.");
        }

        int received = read(_bytes.AsSpan(_count));
        _count += received > 0 ? received : throw new IOException("The server closed the connection.");
    }

    private void Drop(int length)
    {
        _bytes.AsSpan(length, _count - length).CopyTo(_bytes);
        _count -= length;
    }
}

using System.Buffers.Text;

namespace Tsdb.LoadGenerator.Sending;

/// <summary>The sink's side of a connection: finds the end of each request of <see cref="SendConnection"/>. Not thread-safe.</summary>
/// <param name="read">Reads bytes into a span and says how many; 0 at the end.</param>
internal sealed class RequestReader(ResponseReader.ReadBytes read)
{
    private readonly byte[] _bytes = new byte[256 << 10];
    private int _count;

    /// <summary>Reads one request; false when the connection ended before another began.</summary>
    /// <exception cref="FormatException">A request has no end of its head, or no length at the end of it.</exception>
    public bool TrySkip()
    {
        int headEnd;
        while ((headEnd = _bytes.AsSpan(0, _count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            int received = _count < _bytes.Length ? read(_bytes.AsSpan(_count)) : throw new FormatException("The head of a request is too long.");
            if (received == 0)
            {
                return false;
            }

            _count += received;
        }

        int colon = _bytes.AsSpan(0, headEnd).LastIndexOf(": "u8); // the length is the last header of the client's requests
        if (colon < 0 || !Utf8Parser.TryParse(_bytes.AsSpan(colon + 2, headEnd - colon - 2), out long left, out _))
        {
            throw new FormatException("A request does not end its head with its length.");
        }

        long ahead = _count - (headEnd + 4) - left;
        if (ahead > 0)
        {
            throw new FormatException("A request came before the answer to the one before it.");
        }

        for (left = -ahead; left > 0;)
        {
            int received = read(_bytes.AsSpan(0, (int)Math.Min(left, _bytes.Length)));
            if (received == 0)
            {
                return false;
            }

            left -= received;
        }

        _count = 0;
        return true;
    }
}

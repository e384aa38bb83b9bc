namespace Tsdb.Tool.Sending;

/// <summary>Cuts a stream of line protocol into chunks of whole lines.</summary>
/// <param name="stream">The text.</param>
/// <param name="linesPerChunk">Lines per chunk, at least 1; a little more where a string holds line feeds.</param>
internal sealed class LineChunker(Stream stream, int linesPerChunk)
{
    /// <summary>Beyond this a chunk ends after its last whole line, or in a line if it has none: the server refuses such a line anyway.</summary>
    private const int MaxChunkBytes = 16 << 20;

    private byte[] _bytes = new byte[256 << 10];
    private int _count;
    private bool _isAtEnd;

    private int _scanned;     // the text before it was looked at
    private int _end;         // where the last whole line before it ends
    private int _lines;       // whole lines before it
    private bool _isInString; // quotes before it are odd: wrong where a tag holds one, and then the chunk is cut later, never in a string

    /// <summary>The next chunk, or null at the end.</summary>
    public async ValueTask<TextChunk?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryCut(out TextChunk? chunk))
            {
                return chunk;
            }

            if (_count == _bytes.Length)
            {
                Array.Resize(ref _bytes, _bytes.Length * 2);
            }

            int read = await stream.ReadAsync(_bytes.AsMemory(_count), cancellationToken);
            _isAtEnd = read == 0;
            _count += read;
        }
    }

    private bool TryCut(out TextChunk? chunk)
    {
        Scan();
        bool isFull = _lines == linesPerChunk || _count >= MaxChunkBytes;
        if (!isFull && !_isAtEnd)
        {
            chunk = null;
            return false;
        }

        if (!isFull && _end < _count)
        {
            _lines++; // the last line needs no line feed
            _end = _count;
        }

        int length = _end == 0 ? _count : _end;
        chunk = _count == 0 ? null : TextChunk.Copy(_bytes.AsSpan(0, length), _lines, 0);
        _bytes.AsSpan(length, _count - length).CopyTo(_bytes);
        _count -= length;
        (_scanned, _end, _lines, _isInString) = (0, 0, 0, false);
        return true;
    }

    // Goes on where it stopped, up to the end of the chunk's last line.
    private void Scan()
    {
        ReadOnlySpan<byte> text = _bytes.AsSpan(0, _count);
        while (_lines < linesPerChunk && _scanned < text.Length)
        {
            int length = text[_scanned..].IndexOfAny((byte)'\n', (byte)'"', (byte)'\\');
            if (length < 0)
            {
                _scanned = text.Length;
                return;
            }

            int at = _scanned + length;
            if (text[at] == '\\' && at + 1 == text.Length && !_isAtEnd)
            {
                _scanned = at; // what it escapes has not arrived
                return;
            }

            _scanned = at + (text[at] == '\\' ? 2 : 1);
            if (text[at] == '"')
            {
                _isInString = !_isInString;
            }
            else if (text[at] == '\n' && !_isInString)
            {
                _lines++;
                _end = _scanned;
            }
        }
    }
}

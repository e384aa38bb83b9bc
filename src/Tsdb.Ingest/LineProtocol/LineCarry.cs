namespace Tsdb.Ingest.LineProtocol;

/// <summary>Keeps the beginning of a line whose end has not arrived, and grows it by what follows. Not thread-safe.</summary>
internal sealed class LineCarry(int maxBytes)
{
    private const int KeptBytes = 64 << 10;

    private byte[] _bytes = [];
    private int _retryAt; // no use in reading the text again before it has this many bytes

    /// <summary>Bytes kept.</summary>
    public int Count { get; private set; }

    /// <summary>The text kept; valid until the next call.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, Count);

    /// <summary>Keeps nothing, nor memory that only an unusual line needed.</summary>
    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = [];
        }
    }

    /// <summary>Keeps a piece where nothing was kept.</summary>
    public void Start(ReadOnlySpan<byte> piece)
    {
        Count = 0;
        _retryAt = 0;
        Append(piece);
    }

    /// <summary>Adds as much of <paramref name="piece"/> as makes it worth reading the text again; at least one byte.</summary>
    /// <returns>How many bytes it took.</returns>
    /// <remarks>
    /// Up to the next line feed: it ends the line, unless it stands in a string. Then the text must double before it is read again, so that a
    /// string of many lines is not read once for each of them.
    /// </remarks>
    public int Fill(ReadOnlySpan<byte> piece)
    {
        int first = Math.Clamp(_retryAt - Count, 0, piece.Length);
        int length = piece[first..].IndexOf((byte)'\n');
        int taken = Math.Min(length < 0 ? piece.Length : first + length + 1, maxBytes - Count);
        Append(piece[..taken]);
        _retryAt = Count * 2;
        return taken;
    }

    /// <summary>Drops the first bytes, which were read.</summary>
    public void RemoveFirst(int length)
    {
        if (length > 0)
        {
            _bytes.AsSpan(length, Count - length).CopyTo(_bytes);
            Count -= length;
            _retryAt = 0;
        }
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        if (_bytes.Length - Count < piece.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Max((uint)(Count + piece.Length), Math.Min((uint)maxBytes, 2 * (uint)_bytes.Length)));
        }

        piece.CopyTo(_bytes.AsSpan(Count));
        Count += piece.Length;
    }
}

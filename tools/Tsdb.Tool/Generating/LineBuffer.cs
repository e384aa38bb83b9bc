using System.Buffers.Text;

namespace Tsdb.Tool.Generating;

/// <summary>Text that grows at its end. Not thread-safe.</summary>
internal sealed class LineBuffer
{
    private const int MaxNumberBytes = 24;

    private byte[] _bytes = new byte[64 << 10];
    private int _count;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _count);

    /// <summary>Empties the buffer, keeping its memory.</summary>
    public void Clear() => _count = 0;

    /// <summary>Appends text.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        EnsureRoom(text.Length);
        text.CopyTo(_bytes.AsSpan(_count));
        _count += text.Length;
    }

    /// <summary>Appends a decimal integer.</summary>
    public void AppendInteger(long value)
    {
        EnsureRoom(MaxNumberBytes);
        if ((ulong)value < 10)
        {
            _bytes[_count++] = (byte)('0' + value);
            return;
        }

        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_count), out int written);
        _count += written;
    }

    /// <summary>Appends hundredths as a decimal fraction: 1234 becomes 12.34.</summary>
    public void AppendHundredths(long hundredths)
    {
        if (hundredths < 0)
        {
            Append("-"u8);
            hundredths = -hundredths;
        }

        (long whole, long rest) = Math.DivRem(hundredths, 100);
        AppendInteger(whole);
        EnsureRoom(MaxNumberBytes);
        _bytes[_count++] = (byte)'.';
        _bytes[_count++] = (byte)('0' + (rest / 10));
        _bytes[_count++] = (byte)('0' + (rest % 10));
    }

    private void EnsureRoom(int length)
    {
        if (_bytes.Length - _count < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + length));
        }
    }
}

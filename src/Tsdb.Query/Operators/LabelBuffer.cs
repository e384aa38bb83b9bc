using Tsdb.Model.Labels;

namespace Tsdb.Query.Operators;

/// <summary>Holds one canonical label set in a buffer that is reused from series to series. Not thread-safe.</summary>
internal sealed class LabelBuffer
{
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>The canonical labels.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Replaces the labels with a copy of <paramref name="canonical"/>, which must not be a part of this buffer.</summary>
    public void Set(ReadOnlySpan<byte> canonical)
    {
        _length = 0;
        Append(canonical);
    }

    /// <summary>Removes every label.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends a label; the caller keeps names ascending.</summary>
    public void Append(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Append(name);
        Append([CanonicalLabels.Terminator]);
        Append(value);
        Append([CanonicalLabels.Terminator]);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Tsdb.Encoding.Bits;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>Reads a section's payload forwards; running beyond its end is damage of the file.</summary>
internal ref struct SectionCursor
{
    private readonly Section _section;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Begins at a position of the payload.</summary>
    public SectionCursor(Section section, int position)
    {
        _section = section;
        _bytes = section.Bytes;
        _position = position;
    }

    /// <summary>Where in the payload the next read begins.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes left: nothing that follows can be longer, or have more items.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Reads a byte.</summary>
    public byte ReadByte() => ReadBytes(1)[0];

    /// <summary>Reads an IEEE-754 double, bit for bit.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(ReadBytes(sizeof(double)));

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            ThrowEnd();
        }

        ReadOnlySpan<byte> read = _bytes.Slice(_position, count);
        _position += count;
        return read;
    }

    /// <summary>Reads a varint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint() => TryReadOneByte(out int value) ? (ulong)value : ReadLongVarint();

    /// <summary>Reads a zig-zag varint.</summary>
    public long ReadZigZag() => ZigZag.Decode(ReadVarint());

    /// <summary>Reads a varint from 0 to <paramref name="max"/>, which the caller derives from what can be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadCount(int max)
    {
        int start = _position;
        if (TryReadOneByte(out int value) && value <= max)
        {
            return value;
        }

        _position = start;
        return ReadLongCount(max);
    }

    /// <summary>Throws unless a condition that the file's writer ensured holds.</summary>
    public readonly void Require(bool condition, string detail) => _section.Require(condition, _position, detail);

    // Most integers of a section take one byte; reading these is inlined into the loops over them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadOneByte(out int value)
    {
        int position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            value = _bytes[position];
            _position = position + 1;
            return true;
        }

        value = 0;
        return false;
    }

    private ulong ReadLongVarint() =>
        Varint.TryRead(_bytes, ref _position, out ulong value) ? value : throw _section.Damage(_position, "an integer does not end");

    private int ReadLongCount(int max) =>
        Varint.TryReadCount(_bytes, ref _position, max, out int value)
            ? value
            : throw _section.Damage(_position, $"a count or length exceeds {max}, the most that can be there");

    [DoesNotReturn]
    private readonly void ThrowEnd() => throw _section.Damage(_position, "the section ends within a field");
}

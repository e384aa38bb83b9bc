using System.Buffers.Binary;
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
            throw _section.Damage(_position, "the section ends within a field");
        }

        ReadOnlySpan<byte> read = _bytes.Slice(_position, count);
        _position += count;
        return read;
    }

    /// <summary>Reads a varint.</summary>
    public ulong ReadVarint() =>
        Varint.TryRead(_bytes, ref _position, out ulong value) ? value : throw _section.Damage(_position, "an integer does not end");

    /// <summary>Reads a zig-zag varint.</summary>
    public long ReadZigZag() => ZigZag.Decode(ReadVarint());

    /// <summary>Reads a varint from 0 to <paramref name="max"/>, which the caller derives from what can be there.</summary>
    public int ReadCount(int max) =>
        Varint.TryReadCount(_bytes, ref _position, max, out int value)
            ? value
            : throw _section.Damage(_position, $"a count or length exceeds {max}, the most that can be there");

    /// <summary>Throws unless a condition that the file's writer ensured holds.</summary>
    public readonly void Require(bool condition, string detail) => _section.Require(condition, _position, detail);
}

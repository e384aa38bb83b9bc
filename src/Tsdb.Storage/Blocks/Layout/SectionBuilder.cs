using System.Buffers.Binary;
using Tsdb.Encoding.Bits;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>Collects the payload of a section in memory. Integers are little-endian. Not thread-safe.</summary>
internal sealed class SectionBuilder
{
    private byte[] _bytes = new byte[1024];

    /// <summary>Bytes written so far.</summary>
    public int LengthBytes { get; private set; }

    /// <summary>The payload so far.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, LengthBytes);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => LengthBytes = 0;

    /// <summary>Appends a byte.</summary>
    public void WriteByte(byte value) => Reserve(1)[0] = value;

    /// <summary>Appends 4 bytes.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    /// <summary>Appends 8 bytes.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);

    /// <summary>Appends an IEEE-754 double, bit for bit.</summary>
    public void WriteDouble(double value) => WriteUInt64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Appends a varint.</summary>
    public void WriteVarint(ulong value)
    {
        int written = Varint.Write(Room(Varint.MaxLength), value);
        LengthBytes += written;
    }

    /// <summary>Appends a zig-zag varint.</summary>
    public void WriteZigZag(long value) => WriteVarint(ZigZag.Encode(value));

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Overwrites 4 bytes written before.</summary>
    public void PatchUInt32(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset, sizeof(uint)), value);

    private Span<byte> Reserve(int count)
    {
        Span<byte> room = Room(count);
        LengthBytes += count;
        return room;
    }

    private Span<byte> Room(int count)
    {
        int needed = checked(LengthBytes + count);
        if (needed > _bytes.Length)
        {
            int doubled = (int)Math.Min(2L * _bytes.Length, Array.MaxLength);
            Array.Resize(ref _bytes, Math.Max(needed, doubled));
        }

        return _bytes.AsSpan(LengthBytes, count);
    }
}

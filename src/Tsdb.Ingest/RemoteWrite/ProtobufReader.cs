using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>
/// Walks over the fields of one protobuf message without copying anything. Every call says whether the bytes were there and well formed; after a
/// false the message is malformed and the reader must not be used on.
/// </summary>
/// <remarks>
/// A tag is a field's number times eight plus its wire type: 0 varint, 1 eight bytes, 2 a length and that many bytes, 5 four bytes. Groups (3 and 4)
/// are refused: no message read here has any, and skipping them would need a stack.
/// Source: https://protobuf.dev/programming-guides/encoding.
/// </remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next field begins.</summary>
    public int Position { get; private set; }

    /// <summary>True when every field was read.</summary>
    public readonly bool IsAtEnd => Position == _message.Length;

    /// <summary>Reads the tag of the next field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadTag(out uint tag)
    {
        bool isRead = TryReadVarint(out ulong value);
        tag = (uint)value;
        return isRead && value is >= 8 and <= uint.MaxValue;
    }

    /// <summary>Reads a varint; bits beyond 64 are dropped, as all readers do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVarint(out ulong value)
    {
        ReadOnlySpan<byte> message = _message;
        int position = Position;
        if ((uint)position < (uint)message.Length && message[position] < 0x80)
        {
            value = message[position];
            Position = position + 1;
            return true;
        }

        return TryReadLongVarint(out value);
    }

    /// <summary>The signed number that a varint of type sint stands for: 0, 1, 2, 3 … is 0, -1, 1, -2 ….</summary>
    public static long Unfold(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>Reads eight bytes, little-endian.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadFixed64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(_message[Position..], out value))
        {
            return false;
        }

        Position += sizeof(ulong);
        return true;
    }

    /// <summary>Reads a double, bit for bit.</summary>
    public bool TryReadDouble(out double value)
    {
        bool isRead = TryReadFixed64(out ulong bits);
        value = BitConverter.UInt64BitsToDouble(bits);
        return isRead;
    }

    /// <summary>Reads a length and that many bytes: a string, a message, or packed numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        if (!TryReadVarint(out ulong length) || length > (ulong)(_message.Length - Position))
        {
            bytes = default;
            return false;
        }

        bytes = _message.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>Passes over a field whose tag was read.</summary>
    public bool TrySkip(uint tag) => (tag & 7) switch
    {
        0 => TryReadVarint(out _),
        1 => TryReadFixed64(out _),
        2 => TryReadBytes(out _),
        5 => TrySkipFixed32(),
        _ => false,
    };

    private bool TryReadLongVarint(out ulong value)
    {
        const int longest = 10;
        ReadOnlySpan<byte> rest = _message[Position..];
        int end = Math.Min(rest.Length, longest);
        value = 0;
        for (int i = 0; i < end; i++)
        {
            byte part = rest[i];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                Position += i + 1;
                return true;
            }
        }

        return false;
    }

    private bool TrySkipFixed32()
    {
        if (_message.Length - Position < sizeof(uint))
        {
            return false;
        }

        Position += sizeof(uint);
        return true;
    }
}

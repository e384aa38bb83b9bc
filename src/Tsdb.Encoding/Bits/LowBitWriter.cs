using System.Buffers.Binary;

namespace Tsdb.Encoding.Bits;

/// <summary>Writes bits into a span, least significant bit of each byte first. Used by one thread; the span must have room for what is put.</summary>
/// <exception cref="ArgumentOutOfRangeException">From any member: the span is full.</exception>
internal ref struct LowBitWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private ulong _pending; // bits not yet stored, fewer than 32
    private int _pendingBits;
    private int _length;

    /// <summary>Appends the low <paramref name="length"/> bits, 0 to 32; the others are 0.</summary>
    public void Put(ulong bits, int length)
    {
        _pending |= bits << _pendingBits;
        _pendingBits += length;
        if (_pendingBits >= 32)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_destination[_length..], (uint)_pending);
            _length += sizeof(uint);
            _pending >>= 32;
            _pendingBits -= 32;
        }
    }

    /// <summary>Appends the low <paramref name="length"/> bits, 0 to 64; the others may be anything.</summary>
    public void PutLong(ulong bits, int length)
    {
        int low = Math.Min(length, 32);
        Put(bits & ((1ul << low) - 1), low);
        int high = length - low;
        Put((bits >> 32) & ((1ul << high) - 1), high);
    }

    /// <summary>Fills the last byte with zero bits, after which the next bit begins a byte, and returns the bytes written so far.</summary>
    public int Align()
    {
        for (; _pendingBits > 0; _pendingBits -= 8)
        {
            _destination[_length++] = (byte)_pending;
            _pending >>= 8;
        }

        _pendingBits = 0;
        return _length;
    }
}

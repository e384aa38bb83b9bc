using System.Buffers;

namespace Tsdb.Server.Transport;

/// <summary>Bytes in a rented array, given back on dispose. Not thread-safe.</summary>
internal sealed class PooledBytes : IDisposable
{
    private byte[] _array;

    /// <summary>Rents room.</summary>
    /// <param name="capacity">Bytes expected; more are possible.</param>
    public PooledBytes(int capacity) => _array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes held.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until dispose.</summary>
    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    /// <summary>Makes the bytes as many as given and returns them, to be written; what they hold is not defined.</summary>
    public Span<byte> SetLength(int length)
    {
        Reserve(length);
        Length = length;
        return _array.AsSpan(0, length);
    }

    /// <summary>Adds bytes at the end.</summary>
    public void Append(in ReadOnlySequence<byte> bytes)
    {
        int length = Length;
        Reserve(length + (int)bytes.Length);
        bytes.CopyTo(_array.AsSpan(length));
        Length = length + (int)bytes.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
            Length = 0;
        }
    }

    private void Reserve(int length)
    {
        if (length <= _array.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, (int)Math.Min(2L * _array.Length, Array.MaxLength)));
        _array.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}

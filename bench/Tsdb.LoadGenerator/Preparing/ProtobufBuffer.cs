using System.Buffers;
using System.Buffers.Binary;

namespace Tsdb.LoadGenerator.Preparing;

/// <summary>A protobuf message being written. Not thread-safe.</summary>
internal sealed class ProtobufBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written since the last <see cref="Clear"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Appends one byte.</summary>
    public void AppendByte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>Appends seven bits a byte, lowest first.</summary>
    public void AppendVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            AppendByte((byte)(value | 0x80));
        }

        AppendByte((byte)value);
    }

    /// <summary>Appends eight bytes.</summary>
    public void AppendDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    /// <summary>Appends a nested message, string or bytes behind its tag and length.</summary>
    public void AppendNested(int tag, ReadOnlySpan<byte> content)
    {
        AppendByte((byte)tag);
        AppendVarint((ulong)content.Length);
        _bytes.Write(content);
    }
}

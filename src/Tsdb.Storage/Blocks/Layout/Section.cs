using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Tsdb.Model.Errors;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>
/// The payload of a section of a mapped file. Reads are checked against its bounds; what cannot be true is reported as damage of the file.
/// </summary>
/// <remarks>Borrowed from the mapping. Safe for concurrent use.</remarks>
internal readonly unsafe struct Section
{
    private readonly byte* _data;
    private readonly int _lengthBytes;
    private readonly string _path;
    private readonly long _offsetBytes;

    /// <summary>Views a payload; the caller has checked that the bytes are mapped.</summary>
    public Section(byte* data, int lengthBytes, string path, long offsetBytes)
    {
        _data = data;
        _lengthBytes = lengthBytes;
        _path = path;
        _offsetBytes = offsetBytes;
    }

    /// <summary>The payload.</summary>
    public ReadOnlySpan<byte> Bytes => new(_data, _lengthBytes);

    /// <summary>The payload's length.</summary>
    public int LengthBytes => _lengthBytes;

    /// <summary>The 4 bytes at an offset.</summary>
    public uint UInt32At(int offset) =>
        (uint)offset <= (uint)(_lengthBytes - sizeof(uint)) && _lengthBytes >= sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(_data + offset, sizeof(uint)))
            : throw Damage(offset, "a field lies beyond the section's end");

    /// <summary>The 8 bytes at an offset.</summary>
    public ulong UInt64At(int offset) => UInt32At(offset) | ((ulong)UInt32At(offset + sizeof(uint)) << 32);

    /// <summary>A cursor at an offset, which must lie in the section.</summary>
    public SectionCursor CursorAt(uint offset) =>
        offset < (uint)_lengthBytes ? new SectionCursor(this, (int)offset) : throw Damage(0, $"offset {offset} lies beyond the section's end");

    /// <summary>What to throw for damage at an offset of the payload.</summary>
    public CorruptionException Damage(int offset, string detail) => new(_path, _offsetBytes + offset, detail);

    /// <summary>Throws unless a condition that the file's writer ensured holds.</summary>
    public void Require([DoesNotReturnIf(false)] bool condition, int offset, string detail)
    {
        if (!condition)
        {
            throw Damage(offset, detail);
        }
    }
}

using System.Buffers.Binary;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>One section as the footer lists it.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="Version">The version of its layout.</param>
/// <param name="Checksum">The CRC-32C of its payload; 0 for chunks, whose frames have their own.</param>
/// <param name="OffsetBytes">Where in the file its payload begins.</param>
/// <param name="LengthBytes">The payload's length.</param>
internal readonly record struct SectionEntry(SectionType Type, ushort Version, uint Checksum, long OffsetBytes, long LengthBytes)
{
    /// <summary>Writes the entry as it lies in the footer.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Type);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], OffsetBytes);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], LengthBytes);
    }

    /// <summary>Reads an entry of the footer.</summary>
    public static SectionEntry Read(ReadOnlySpan<byte> source) => new(
        (SectionType)BinaryPrimitives.ReadUInt16LittleEndian(source),
        BinaryPrimitives.ReadUInt16LittleEndian(source[2..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]));

    /// <summary>Writes the bytes that stand before the payload.</summary>
    public void WriteHeader(Span<byte> destination)
    {
        destination[..BlockFileFormat.SectionHeaderBytes].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Type);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], Version);
        if (Type != SectionType.Chunks)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], checked((uint)LengthBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Checksum);
        }
    }
}

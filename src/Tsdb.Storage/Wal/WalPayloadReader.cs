using Tsdb.Encoding.Compression;

namespace Tsdb.Storage.Wal;

/// <summary>Gives the payload of a record as it was before it was compressed; holds the room for it. Not thread-safe.</summary>
internal sealed class WalPayloadReader
{
    private byte[] _raw = [];

    /// <summary>The payload of an intact record, valid until the next call. False when it is not what its header says.</summary>
    /// <param name="header">The record's header; its lengths are possible and its flags known.</param>
    /// <param name="record">The whole record.</param>
    /// <param name="payload">The payload, in <paramref name="record"/> or in memory of this reader.</param>
    public bool TryRead(in WalRecordHeader header, ReadOnlySpan<byte> record, out ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> stored = record[WalFormat.RecordHeaderBytes..];
        payload = stored;
        if ((header.Flags & WalRecordFlags.Lz4) == 0)
        {
            return header.RawLengthBytes == stored.Length;
        }

        if (header.RawLengthBytes > _raw.Length)
        {
            _raw = new byte[header.RawLengthBytes];
        }

        Span<byte> raw = _raw.AsSpan(0, header.RawLengthBytes);
        payload = raw;
        return Lz4Block.TryDecompress(stored, raw);
    }
}

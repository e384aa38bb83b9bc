using System.Diagnostics;
using Tsdb.Encoding.Compression;

namespace Tsdb.Storage.Wal;

/// <summary>Turns pending records into the bytes of a segment: compresses each payload, fills in what was durable by then, and adds the checksum.</summary>
/// <remarks>Done by the flusher, so that it costs appenders nothing. Not thread-safe.</remarks>
internal sealed class WalRecordSealer
{
    private const int TargetBytes = 1 << 20; // enough for one write call; a record may exceed it
    private const int SmallestCompressedBytes = 64; // below this LZ4 gains nothing

    private byte[] _output = new byte[TargetBytes / 4];
    private int _length;

    /// <summary>Sealed bytes, valid until the next call.</summary>
    public ReadOnlySpan<byte> Output => _output.AsSpan(0, _length);

    /// <summary>Seals records from the start of <paramref name="pending"/> until there is enough for one write; returns how many bytes they took there.</summary>
    public int Seal(ReadOnlySpan<byte> pending, long segmentNumber, long syncedUpToBytes)
    {
        _length = 0;
        int taken = 0;
        while (taken < pending.Length && _length < TargetBytes)
        {
            if (!WalRecordHeader.TryRead(pending[taken..], out WalRecordHeader header))
            {
                throw new UnreachableException("Pending records were written by this process.");
            }

            Seal(header, pending.Slice(taken + WalFormat.RecordHeaderBytes, header.LengthBytes), segmentNumber, syncedUpToBytes);
            taken += header.TotalBytes;
        }

        return taken;
    }

    private void Seal(in WalRecordHeader pending, ReadOnlySpan<byte> payload, long segmentNumber, long syncedUpToBytes)
    {
        int maxBytes = WalFormat.RecordHeaderBytes + payload.Length;
        if (_length + maxBytes > _output.Length)
        {
            Array.Resize(ref _output, Math.Max(_length + maxBytes, _output.Length * 2));
        }

        Span<byte> record = _output.AsSpan(_length, maxBytes);
        Span<byte> stored = record[WalFormat.RecordHeaderBytes..];
        int storedBytes = payload.Length < SmallestCompressedBytes ? 0 : Lz4Block.Compress(payload, stored);
        bool isCompressed = storedBytes > 0;
        if (!isCompressed)
        {
            payload.CopyTo(stored);
            storedBytes = payload.Length;
        }

        WalRecordHeader header = pending with
        {
            LengthBytes = storedBytes,
            Flags = isCompressed ? WalRecordFlags.Lz4 : WalRecordFlags.None,
            SyncedUpToBytes = syncedUpToBytes,
        };
        header.Write(record);
        WalRecordHeader.Seal(record[..header.TotalBytes], segmentNumber);
        _length += header.TotalBytes;
    }
}

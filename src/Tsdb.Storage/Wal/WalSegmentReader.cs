using System.Buffers.Binary;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Wal;

/// <summary>Reads the records of one segment through a window, and finds the next intact one after damage. Not thread-safe.</summary>
internal sealed class WalSegmentReader : IDisposable
{
    private const int WindowBytes = 1 << 20;

    private readonly IReadableFile _file;
    private byte[] _window = new byte[WindowBytes]; // grows to the largest record met
    private long _windowOffset;
    private int _windowLength;

    /// <summary>Opens a segment.</summary>
    public WalSegmentReader(IFileSystem files, string directory, long number)
    {
        Number = number;
        _file = files.OpenForReading(WalSegmentName.PathOf(directory, number));
        WrittenBytes = FindWrittenBytes();
    }

    /// <summary>The segment's number, from its name.</summary>
    public long Number { get; }

    /// <summary>The segment's path.</summary>
    public string Path => _file.Path;

    /// <summary>The file's length.</summary>
    public long LengthBytes => _file.LengthBytes;

    /// <summary>Where the zeros at the file's end begin: room that was made in advance, except that a last record may end with some of them.</summary>
    public long WrittenBytes { get; }

    /// <summary>Reads up to <paramref name="count"/> bytes, fewer only at the end of the file. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(long offsetBytes, int count)
    {
        int wanted = (int)Math.Clamp(LengthBytes - offsetBytes, 0, count);
        if (offsetBytes < _windowOffset || offsetBytes + wanted > _windowOffset + _windowLength)
        {
            if (wanted > _window.Length)
            {
                _window = new byte[wanted];
            }

            _windowLength = _file.Read(offsetBytes, _window);
            _windowOffset = offsetBytes;
            wanted = Math.Min(wanted, _windowLength);
        }

        return _window.AsSpan((int)(offsetBytes - _windowOffset), wanted);
    }

    /// <summary>Reads the record at an offset. False when there is no intact one. The record is valid until the next call.</summary>
    public bool TryReadRecord(long offsetBytes, out WalRecordHeader header, out ReadOnlySpan<byte> record)
    {
        record = [];
        if (!TryReadHeader(offsetBytes, out header))
        {
            return false;
        }

        record = Read(offsetBytes, header.TotalBytes);
        return record.Length == header.TotalBytes && WalRecordHeader.IsIntact(record, Number);
    }

    /// <summary>The offset of the next intact record after a place where there is none; <see cref="WrittenBytes"/> when no more follow.</summary>
    public long FindNext(long damagedOffsetBytes)
    {
        // Mostly a bit flipped in the payload: the length still tells where the next record is. Trying that first also means that bytes within
        // the damaged record are not taken for records.
        if (TryReadHeader(damagedOffsetBytes, out WalRecordHeader damaged)
            && TryReadRecord(damagedOffsetBytes + damaged.TotalBytes, out _, out _))
        {
            return damagedOffsetBytes + damaged.TotalBytes;
        }

        for (long offsetBytes = damagedOffsetBytes + 1; offsetBytes < WrittenBytes; offsetBytes++)
        {
            if (TryReadHeader(offsetBytes, out WalRecordHeader header)
                && header.SyncedUpToBytes >= 0
                && header.SyncedUpToBytes <= offsetBytes
                && TryReadRecord(offsetBytes, out _, out _))
            {
                return offsetBytes;
            }
        }

        return WrittenBytes;
    }

    /// <summary>Says whether a record after a damaged place was written when that place was known durable: what is there was lost, not torn.</summary>
    public bool IsDurable(long damagedOffsetBytes, long nextOffsetBytes)
    {
        long offsetBytes = nextOffsetBytes;
        while (offsetBytes < WrittenBytes)
        {
            if (!TryReadRecord(offsetBytes, out WalRecordHeader header, out _))
            {
                offsetBytes = FindNext(offsetBytes);
                continue;
            }

            if (header.SyncedUpToBytes > damagedOffsetBytes)
            {
                return true;
            }

            offsetBytes += header.TotalBytes;
        }

        return false;
    }

    /// <summary>Says in words why there is no intact record at an offset.</summary>
    public string DescribeDamage(long offsetBytes)
    {
        ReadOnlySpan<byte> header = Read(offsetBytes, WalFormat.RecordHeaderBytes);
        if (header.Length < WalFormat.RecordHeaderBytes)
        {
            return $"{header.Length} bytes are too few for a record";
        }

        uint lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (lengthBytes == 0)
        {
            return "zeros where a record should be";
        }

        return lengthBytes > Math.Min(WalFormat.MaxPayloadBytes, LengthBytes - offsetBytes - WalFormat.RecordHeaderBytes)
            ? $"a record claims {lengthBytes} bytes"
            : "a record's checksum does not match";
    }

    private long FindWrittenBytes()
    {
        for (long endBytes = LengthBytes; endBytes > 0;)
        {
            long startBytes = Math.Max(0, endBytes - WindowBytes);
            int last = Read(startBytes, (int)(endBytes - startBytes)).LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return startBytes + last + 1;
            }

            endBytes = startBytes;
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool TryReadHeader(long offsetBytes, out WalRecordHeader header)
    {
        header = default;
        ReadOnlySpan<byte> bytes = Read(offsetBytes, WalFormat.RecordHeaderBytes);
        return bytes.Length == WalFormat.RecordHeaderBytes
            && WalRecordHeader.TryRead(bytes, out header)
            && header.TotalBytes <= LengthBytes - offsetBytes;
    }
}

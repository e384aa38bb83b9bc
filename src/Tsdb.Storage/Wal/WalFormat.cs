namespace Tsdb.Storage.Wal;

/// <summary>The constants of the WAL format, version 1 (docs/formats.md#wal). They never change meaning.</summary>
internal static class WalFormat
{
    /// <summary>The version this program writes, and the newest it reads.</summary>
    public const uint Version = 1;

    /// <summary>Bytes of a segment's header; the first record follows.</summary>
    public const int SegmentHeaderBytes = 64;

    /// <summary>Bytes of a record's header; the payload follows.</summary>
    public const int RecordHeaderBytes = 36;

    /// <summary>The most bytes of a record's payload, stored or decompressed: what a reader must be ready to hold.</summary>
    public const int MaxPayloadBytes = 16 << 20;

    /// <summary>The most samples in one record; larger batches become several. Bounds what one damaged record can take with it.</summary>
    public const int MaxSamplesPerRecord = 1 << 16;

    /// <summary>How every segment begins.</summary>
    public static ReadOnlySpan<byte> Magic => "TSDBWAL\n"u8;
}

namespace Tsdb.Storage.Wal;

/// <summary>How a record's payload is stored. Part of the WAL format; a reader refuses a segment with a flag it does not know.</summary>
[Flags]
internal enum WalRecordFlags : byte
{
    /// <summary>As it is.</summary>
    None = 0,

    /// <summary>Compressed as one LZ4 block.</summary>
    Lz4 = 1,
}

namespace Tsdb.Storage.Wal;

/// <summary>What a record holds. Part of the WAL format; a reader refuses a segment with a type it does not know.</summary>
internal enum WalRecordType : byte
{
    /// <summary>Series: slots and the labels they stand for.</summary>
    Series = 1,

    /// <summary>Float samples, as columns.</summary>
    Samples = 2,

    /// <summary>Histogram samples, as columns.</summary>
    Histograms = 4,

    /// <summary>Nothing: written last at a clean stop, so that its header vouches for all before it.</summary>
    Mark = 6,
}

namespace Tsdb.Storage.Checkpoints;

/// <summary>What a section of a checkpoint holds. Part of the checkpoint format: a reader takes a checkpoint with another for damaged.</summary>
internal enum CheckpointSectionType : byte
{
    /// <summary>Slots and the labels they stand for, as in a SERIES record of the log.</summary>
    Series = 1,

    /// <summary>Chunks and leaves of the memtable.</summary>
    Chunks = 2,

    /// <summary>Last: how many series, chunks and samples there are.</summary>
    End = 3,
}

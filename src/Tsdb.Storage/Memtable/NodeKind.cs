namespace Tsdb.Storage.Memtable;

/// <summary>What a node of the skip list holds. Part of its key: sorts in this order where series and start are equal.</summary>
internal enum NodeKind : byte
{
    /// <summary>A Gorilla chunk: samples that came in order.</summary>
    Chunk = 0,

    /// <summary>A sorted leaf of samples that came late or replace others.</summary>
    Leaf = 1,
}

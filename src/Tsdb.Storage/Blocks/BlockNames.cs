namespace Tsdb.Storage.Blocks;

/// <summary>The names of a block's files and folder. Part of the file formats.</summary>
internal static class BlockNames
{
    /// <summary>The chunks' bytes.</summary>
    public const string Chunks = "chunks.dat";

    /// <summary>Symbols, series, postings and where each chunk lies.</summary>
    public const string Index = "index.dat";

    /// <summary>What is known of the block as a whole; written last.</summary>
    public const string Meta = "meta.json";

    /// <summary>How the name of a folder begins that is being written or deleted, and that start-up clears away.</summary>
    public const string TemporaryPrefix = "tmp-";
}

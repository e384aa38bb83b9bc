namespace Tsdb.Encoding.Gorilla;

/// <summary>What became of a sample given to <see cref="GorillaEncoder.TryAppend"/>. Unless it was appended, the chunk is as it was.</summary>
public enum GorillaStatus : byte
{
    /// <summary>The sample is in the chunk; the caller publishes the new count.</summary>
    Appended,

    /// <summary>The chunk's words are used up; the sample starts the next chunk.</summary>
    NoSpace,

    /// <summary>The timestamp is no multiple of the chunk's time unit; the sample starts the next chunk.</summary>
    UnitTooCoarse,
}

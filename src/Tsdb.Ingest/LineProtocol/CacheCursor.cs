namespace Tsdb.Ingest.LineProtocol;

/// <summary>Where the cache expects the next line's prefix: after the last one, as agents send their series in the same order each time.</summary>
internal struct CacheCursor
{
    /// <summary>The generation <see cref="Place"/> belongs to; null when nothing is expected.</summary>
    public CacheGeneration? Generation;

    /// <summary>The place of the prefix added after the last one found.</summary>
    public uint Place;
}

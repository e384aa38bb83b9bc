namespace Tsdb.Ingest.SeriesKeys;

/// <summary>Where a <see cref="SeriesHandleCache"/> expects the next key: after the last one, as senders list their series in the same order each time.</summary>
/// <param name="table">The generation the place belongs to; null when nothing is expected.</param>
/// <param name="place">The place of the key added after the last one found.</param>
internal struct SeriesHandleCursor(KeyTable? table, uint place)
{
    /// <summary>The generation <see cref="Place"/> belongs to; null when nothing is expected.</summary>
    public KeyTable? Table = table;

    /// <summary>The place of the key added after the last one found.</summary>
    public uint Place = place;
}

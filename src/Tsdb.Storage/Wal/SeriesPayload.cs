namespace Tsdb.Storage.Wal;

/// <summary>Series of a batch about to become a SERIES record.</summary>
internal readonly struct SeriesPayload(WalSeriesBatch batch, int first, int count) : IWalPayload
{
    /// <inheritdoc/>
    public int Write(Span<byte> destination) => WalSeriesPayload.Write(batch, first, count, destination);
}

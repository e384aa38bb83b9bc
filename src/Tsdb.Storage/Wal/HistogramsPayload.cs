using Tsdb.Model.Writing;

namespace Tsdb.Storage.Wal;

/// <summary>Histogram samples of a batch about to become a HISTOGRAMS record.</summary>
internal readonly struct HistogramsPayload(HistogramColumns histograms, int first, int count) : IWalPayload
{
    /// <inheritdoc/>
    public int Write(Span<byte> destination) => WalHistogramsPayload.Write(histograms, first, count, destination);
}

using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;

namespace Tsdb.Tool.Inspecting;

/// <summary>Takes what a replay reads and does nothing with it: only the verdict is wanted.</summary>
internal sealed class NoVisitor : IWalVisitor
{
    /// <inheritdoc/>
    public void OnSeries(TenantId tenant, SequenceNumber sequence, uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
    }

    /// <inheritdoc/>
    public void OnHistograms(TenantId tenant, SequenceNumber sequence, HistogramColumns histograms)
    {
    }

    /// <inheritdoc/>
    public void OnSamples(
        TenantId tenant, SequenceNumber sequence, ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values)
    {
    }
}

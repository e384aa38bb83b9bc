using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;

namespace Tsdb.Storage.Wal;

/// <summary>Takes what a replay reads, in the order it was written.</summary>
internal interface IWalVisitor
{
    /// <summary>A slot stands for a series. Comes again in every generation that uses the slot.</summary>
    /// <param name="tenant">Whose series it is.</param>
    /// <param name="sequence">The place of its batch in the order of writes.</param>
    /// <param name="slot">The series' slot.</param>
    /// <param name="canonicalLabels">Its labels, checked to be canonical; borrowed for the call.</param>
    void OnSeries(TenantId tenant, SequenceNumber sequence, uint slot, ReadOnlySpan<byte> canonicalLabels);

    /// <summary>Samples, as columns of equal length, of slots that <see cref="OnSeries"/> was called for; borrowed for the call.</summary>
    void OnSamples(
        TenantId tenant, SequenceNumber sequence, ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values);

    /// <summary>Histogram samples of slots that <see cref="OnSeries"/> was called for; borrowed for the call.</summary>
    void OnHistograms(TenantId tenant, SequenceNumber sequence, HistogramColumns histograms);
}

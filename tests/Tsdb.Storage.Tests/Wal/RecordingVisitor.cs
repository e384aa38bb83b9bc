using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>Keeps what a replay hands over.</summary>
internal sealed class RecordingVisitor : IWalVisitor
{
    public Dictionary<uint, LabelSet> Series { get; } = [];

    public List<LoggedSample> Samples { get; } = [];

    /// <summary>The sequence numbers that samples came with, in order of replay, without repetition.</summary>
    public List<ulong> Sequences { get; } = [];

    public void OnSeries(TenantId tenant, SequenceNumber sequence, uint slot, ReadOnlySpan<byte> canonicalLabels) =>
        Series[slot] = LabelSet.FromCanonical(canonicalLabels);

    /// <summary>Slot, time and encoded histogram (hex) of each histogram sample, in order of replay.</summary>
    public List<(uint Slot, long TimestampNs, string Encoded)> Histograms { get; } = [];

    public void OnHistograms(TenantId tenant, SequenceNumber sequence, HistogramColumns histograms)
    {
        for (int i = 0; i < histograms.Count; i++)
        {
            Histograms.Add((histograms.Series[i], histograms.TimestampsNs[i], Convert.ToHexString(histograms.EncodedAt(i))));
        }
    }

    public void OnSamples(
        TenantId tenant, SequenceNumber sequence, ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            Samples.Add(new LoggedSample(tenant.Value, sequence.Value, slots[i], new Sample(timestampsNs[i], values[i])));
        }

        if (Sequences.Count == 0 || Sequences[^1] != sequence.Value)
        {
            Sequences.Add(sequence.Value);
        }
    }
}

internal readonly record struct LoggedSample(uint Tenant, ulong Sequence, uint Slot, Sample Sample);

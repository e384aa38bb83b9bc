using Tsdb.Model.Errors;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;

namespace Tsdb.Storage.Wal;

/// <summary>Hands the content of intact records to a visitor. Not thread-safe.</summary>
/// <param name="visitor">Takes it.</param>
/// <param name="knownSlots">Slots whose series the visitor knows already; those of SERIES records are added.</param>
internal sealed class WalRecordReplay(IWalVisitor visitor, SlotSet knownSlots)
{
    private const WalRecordFlags KnownFlags = WalRecordFlags.Lz4;
    private const string Undecodable = "a record's content cannot be decoded";

    private readonly WalSampleColumns _samples = new();
    private readonly HistogramColumns _histograms = new();
    private readonly WalSeriesBatch _series = new();
    private readonly WalPayloadReader _payloads = new();

    /// <summary>Records handed over.</summary>
    public long RecordCount { get; private set; }

    /// <summary>Series handed over.</summary>
    public long SeriesCount { get; private set; }

    /// <summary>Samples handed over.</summary>
    public long SampleCount { get; private set; }

    /// <summary>The highest sequence number met.</summary>
    public ulong HighestSequence { get; private set; }

    /// <summary>Counts in a sequence number named elsewhere than in a record.</summary>
    public void Saw(ulong sequence) => HighestSequence = Math.Max(HighestSequence, sequence);

    /// <summary>Hands a record over. Returns null, or what of it could not be.</summary>
    /// <exception cref="DataFolderException">A newer version wrote it.</exception>
    public string? Apply(in WalRecordHeader header, ReadOnlySpan<byte> record, string path, long offsetBytes)
    {
        if ((header.Flags & ~KnownFlags) != 0)
        {
            throw Newer(path, offsetBytes, $"with flags {(byte)header.Flags}");
        }

        Saw(header.Sequence);
        RecordCount++;
        return header.Type switch
        {
            WalRecordType.Series => _payloads.TryRead(header, record, out ReadOnlySpan<byte> payload) ? ApplySeries(header, payload) : Undecodable,
            WalRecordType.Samples => _payloads.TryRead(header, record, out ReadOnlySpan<byte> payload) ? ApplySamples(header, payload) : Undecodable,
            WalRecordType.Histograms =>
                _payloads.TryRead(header, record, out ReadOnlySpan<byte> payload) ? ApplyHistograms(header, payload) : Undecodable,
            WalRecordType.Mark => null,
            _ => throw Newer(path, offsetBytes, $"of type {(byte)header.Type}"),
        };
    }

    private static DataFolderException Newer(string path, long offsetBytes, string what) => new(
        path, $"{path} holds a record {what} at byte {offsetBytes}, which this version does not know: a newer version wrote it. Open the folder with that.");

    private string? ApplySeries(in WalRecordHeader header, ReadOnlySpan<byte> payload)
    {
        _series.Clear();
        if (!WalSeriesPayload.TryRead(payload, _series))
        {
            return Undecodable;
        }

        for (int i = 0; i < _series.Count; i++)
        {
            knownSlots.Add(_series.SlotAt(i));
            visitor.OnSeries(new TenantId(header.Tenant), new SequenceNumber(header.Sequence), _series.SlotAt(i), _series.LabelsAt(i));
        }

        SeriesCount += _series.Count;
        return null;
    }

    private string? ApplySamples(in WalRecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (!WalSamplesPayload.TryRead(payload, _samples))
        {
            return Undecodable;
        }

        // Happens only after damage: what a slot stands for was lost with its SERIES record.
        int orphanCount = _samples.KeepOnly(knownSlots);
        if (_samples.Count > 0)
        {
            visitor.OnSamples(
                new TenantId(header.Tenant), new SequenceNumber(header.Sequence), _samples.Slots, _samples.TimestampsNs, _samples.Values);
            SampleCount += _samples.Count;
        }

        return DescribeOrphans(orphanCount);
    }

    private string? ApplyHistograms(in WalRecordHeader header, ReadOnlySpan<byte> payload)
    {
        _histograms.Clear();
        if (!WalHistogramsPayload.TryRead(payload, _histograms))
        {
            return Undecodable;
        }

        HistogramColumns known = KeepOnlyKnown(_histograms);
        if (known.Count > 0)
        {
            visitor.OnHistograms(new TenantId(header.Tenant), new SequenceNumber(header.Sequence), known);
            SampleCount += known.Count;
        }

        return DescribeOrphans(_histograms.Count - known.Count);
    }

    private HistogramColumns KeepOnlyKnown(HistogramColumns histograms)
    {
        if (AreKnown(histograms.Series))
        {
            return histograms;
        }

        var known = new HistogramColumns();
        for (int i = 0; i < histograms.Count; i++)
        {
            if (knownSlots.Contains(histograms.Series[i]))
            {
                known.Add(new SeriesRef(histograms.Series[i]), histograms.TimestampsNs[i], histograms.EncodedAt(i));
            }
        }

        return known;
    }

    private bool AreKnown(ReadOnlySpan<uint> slots)
    {
        foreach (uint slot in slots)
        {
            if (!knownSlots.Contains(slot))
            {
                return false;
            }
        }

        return true;
    }

    private static string? DescribeOrphans(int count) => count == 0 ? null : $"{count} samples are of series whose record is lost";
}

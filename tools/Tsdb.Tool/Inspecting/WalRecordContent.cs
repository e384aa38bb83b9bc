using Tsdb.Model.Writing;
using Tsdb.Storage.Wal;

namespace Tsdb.Tool.Inspecting;

/// <summary>What the payload of a record holds. Not thread-safe.</summary>
internal sealed class WalRecordContent
{
    private const WalRecordFlags KnownFlags = WalRecordFlags.Lz4;

    private readonly WalPayloadReader _payloads = new();

    /// <summary>The series of a SERIES record; empty for others.</summary>
    public WalSeriesBatch Series { get; } = new();

    /// <summary>The samples of a SAMPLES record; empty for others.</summary>
    public WalSampleColumns Samples { get; } = new();

    /// <summary>The histogram samples of a HISTOGRAMS record; empty for others.</summary>
    public HistogramColumns Histograms { get; } = new();

    /// <summary>The content in a few words.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Reads a whole, intact record. False when its content is not what its type says, or the type or a flag is unknown.</summary>
    public bool TryRead(in WalRecordHeader header, ReadOnlySpan<byte> record)
    {
        Series.Clear();
        Samples.Resize(0);
        Histograms.Clear();
        Summary = "";
        if ((header.Flags & ~KnownFlags) != 0 || !_payloads.TryRead(header, record, out ReadOnlySpan<byte> payload))
        {
            return false;
        }

        switch (header.Type)
        {
            case WalRecordType.Series when WalSeriesPayload.TryRead(payload, Series):
                Summary = $"{Series.Count} series";
                return true;
            case WalRecordType.Samples when WalSamplesPayload.TryRead(payload, Samples):
                Summary = SummaryOf(Samples.TimestampsNs, "sample", "samples");
                return true;
            case WalRecordType.Histograms when WalHistogramsPayload.TryRead(payload, Histograms):
                Summary = SummaryOf(Histograms.TimestampsNs, "histogram", "histograms");
                return true;
            default:
                return header.Type == WalRecordType.Mark;
        }
    }

    private static string SummaryOf(ReadOnlySpan<long> timestampsNs, string one, string many)
    {
        long minTimeNs = long.MaxValue;
        long maxTimeNs = long.MinValue;
        foreach (long timestampNs in timestampsNs)
        {
            minTimeNs = Math.Min(minTimeNs, timestampNs);
            maxTimeNs = Math.Max(maxTimeNs, timestampNs);
        }

        string count = FieldText.Count(timestampsNs.Length, one, many);
        return minTimeNs == maxTimeNs ? $"{count} at {FieldText.Time(minTimeNs)}" : $"{count} from {FieldText.Time(minTimeNs)} to {FieldText.Time(maxTimeNs)}";
    }
}

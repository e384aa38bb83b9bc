using Tsdb.Model.Labels;
using Tsdb.Model.Metadata;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>
/// Takes the metadata that 2.0 repeats with every series, telling the sink only when it differs from that of the series before. Not thread-safe.
/// </summary>
/// <param name="symbols">The message's symbols.</param>
/// <param name="series">The series at hand.</param>
/// <param name="sink">Takes the metadata.</param>
internal sealed class MetadataSpotter(SymbolTable symbols, SeriesReferences series, SampleSink sink)
{
    private (uint Name, MetadataReferences Metadata)? _last;

    /// <summary>Begins a message.</summary>
    public void Begin() => _last = null;

    /// <summary>Takes the metadata of the series at hand, if it has any.</summary>
    /// <param name="message">The message.</param>
    public void Take(ReadOnlySpan<byte> message)
    {
        MetadataReferences metadata = series.Metadata;
        if (metadata == default || !TryFindName(message, out uint name) || _last == (name, metadata))
        {
            return;
        }

        _last = (name, metadata);
        ReadOnlySpan<byte> family = FamilyOf(symbols.TextOf(message, name), metadata.Type);
        sink.SetMetadata(family, metadata.Type, TextOf(message, metadata.Help), TextOf(message, metadata.Unit));
    }

    // A series belongs to a family whose name, for some types, lacks the series' ending.
    internal static ReadOnlySpan<byte> FamilyOf(ReadOnlySpan<byte> name, uint type)
    {
        bool isHistogram = type is (uint)MetricType.Histogram or (uint)MetricType.GaugeHistogram;
        bool isSummary = type == (uint)MetricType.Summary;
        if ((isHistogram || isSummary) && (name.EndsWith("_count"u8) || name.EndsWith("_sum"u8)))
        {
            return name[..name.LastIndexOf((byte)'_')];
        }

        return isHistogram && name.EndsWith("_bucket"u8) ? name[..^"_bucket"u8.Length] : name;
    }

    private bool TryFindName(ReadOnlySpan<byte> message, out uint value)
    {
        ReadOnlySpan<uint> references = series.References;
        for (int i = 0; i < references.Length; i += 2)
        {
            if (symbols.TextOf(message, references[i]).SequenceEqual(LabelNames.MetricNameUtf8))
            {
                value = references[i + 1];
                return true;
            }
        }

        value = 0;
        return false;
    }

    private ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> message, uint reference) =>
        reference < (uint)symbols.Count ? symbols.TextOf(message, reference) : [];
}

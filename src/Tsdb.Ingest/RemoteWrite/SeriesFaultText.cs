using System.Diagnostics;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>The sentence a client is told for each <see cref="SeriesFault"/>.</summary>
internal static class SeriesFaultText
{
    /// <summary>Words the reason; limits are named with their value and the setting that changes them.</summary>
    public static string Reason(SeriesFault fault, RemoteWriteOptions options) => fault switch
    {
        SeriesFault.MissingMetricName => "the series has no label __name__, or an empty one",
        SeriesFault.EmptyLabelName => "a label name is empty",
        SeriesFault.DuplicateLabel => "a label name occurs twice",
        SeriesFault.InvalidUtf8 => "a label is not valid UTF-8",
        SeriesFault.TooManyLabels => $"the series has more labels than the limit of {options.MaxLabels} (setting {nameof(options.MaxLabels)})",
        SeriesFault.LabelNameTooLong =>
            $"a label name is longer than the limit of {options.MaxLabelNameBytes} bytes (setting {nameof(options.MaxLabelNameBytes)})",
        SeriesFault.LabelValueTooLong =>
            $"a label value is longer than the limit of {options.MaxLabelValueBytes} bytes (setting {nameof(options.MaxLabelValueBytes)})",
        SeriesFault.OddReferences => "labels_refs holds a name without a value",
        SeriesFault.UnknownSymbol => "labels_refs points beyond the symbol table",
        SeriesFault.NoSamples => "the series holds neither a sample nor a histogram",
        SeriesFault.BadHistogramSpans => "the spans of a histogram overlap, or have another number of buckets than there are counts",
        SeriesFault.BadHistogramCount => "a bucket of a histogram counts less than nothing, or its buckets do not add up to its count",
        SeriesFault.HistogramTooLarge => "a histogram has more than 100,000 spans, buckets and bounds",
        SeriesFault.TimestampOutOfRange => "the timestamp, in nanoseconds, does not fit 64 bits",
        SeriesFault.BeyondRetention => "the sample is older than the retention period",
        _ => throw new UnreachableException(),
    };
}

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Why a series, or a sample of it, is refused. The sentences for people are in <see cref="SeriesFaultText"/>.</summary>
internal enum SeriesFault : byte
{
    None = 0,
    MissingMetricName,
    EmptyLabelName,
    DuplicateLabel,
    InvalidUtf8,
    TooManyLabels,
    LabelNameTooLong,
    LabelValueTooLong,
    OddReferences,
    UnknownSymbol,
    NoSamples,
    BadHistogramSpans,
    BadHistogramCount,
    HistogramTooLarge,
    TimestampOutOfRange,
    BeyondRetention,
}

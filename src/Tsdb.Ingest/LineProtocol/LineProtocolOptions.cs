namespace Tsdb.Ingest.LineProtocol;

/// <summary>Limits of reading line protocol. All may change between runs: nothing stored depends on them.</summary>
public sealed record LineProtocolOptions
{
    /// <summary>Most bytes in one line, line feeds within its strings included. At least 1 KiB. Default 1 MiB.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>Most labels of a series, the metric name included. 2 to 1024. Default 128.</summary>
    public int MaxLabels { get; init; } = 128;

    /// <summary>Longest label name in bytes, without escapes. At least 1. Default 1 KiB.</summary>
    public int MaxLabelNameBytes { get; init; } = 1 << 10;

    /// <summary>Longest label value in bytes, the metric name too, without escapes. At least 1. Default 16 KiB.</summary>
    public int MaxLabelValueBytes { get; init; } = 16 << 10;

    /// <summary>Samples gathered before they are handed to the engine. 1 to 1 Mi. Default 16,384: 320 KiB, one lock and one log record per shard.</summary>
    public int SamplesPerAppend { get; init; } = 16 << 10;

    /// <summary>Refused lines a report describes; the others are only counted. At least 0. Default 100.</summary>
    public int MaxReportedErrors { get; init; } = 100;

    /// <summary>Memory in bytes the cache from line prefix to series may take. At least 1 MiB. Default 512 MiB.</summary>
    /// <remarks>About 170 bytes for a series of its own line, 30 for a field of a wide line. Beyond it idle series are forgotten first.</remarks>
    public long SeriesCacheBytes { get; init; } = 512L << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, 1 << 10, nameof(MaxLineBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLabels, 2, nameof(MaxLabels));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxLabels, 1024, nameof(MaxLabels));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxLabelNameBytes, nameof(MaxLabelNameBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxLabelValueBytes, nameof(MaxLabelValueBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SamplesPerAppend, nameof(SamplesPerAppend));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SamplesPerAppend, 1 << 20, nameof(SamplesPerAppend));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxReportedErrors, nameof(MaxReportedErrors));
        ArgumentOutOfRangeException.ThrowIfLessThan(SeriesCacheBytes, 1 << 20, nameof(SeriesCacheBytes));
    }
}

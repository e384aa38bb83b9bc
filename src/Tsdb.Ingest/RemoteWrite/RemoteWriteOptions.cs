namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Limits of reading remote write. All may change between runs: nothing stored depends on them.</summary>
public sealed record RemoteWriteOptions
{
    /// <summary>Most labels of a series, the metric name included. 2 to 1024. Default 128.</summary>
    public int MaxLabels { get; init; } = 128;

    /// <summary>Longest label name in bytes. At least 1. Default 1 KiB.</summary>
    public int MaxLabelNameBytes { get; init; } = 1 << 10;

    /// <summary>Longest label value in bytes, the metric name too. At least 1. Default 16 KiB.</summary>
    public int MaxLabelValueBytes { get; init; } = 16 << 10;

    /// <summary>
    /// Samples gathered before they are handed to the engine. 1 to 1 Mi. Default 65,536: of a malformed message with fewer, nothing is written.
    /// </summary>
    public int SamplesPerAppend { get; init; } = 64 << 10;

    /// <summary>Most entries in the symbol table of a 2.0 message. At least 1. Default 1 Mi: 8 MiB of places.</summary>
    public int MaxSymbols { get; init; } = 1 << 20;

    /// <summary>Refused series a report describes; the others are only counted. At least 0. Default 100.</summary>
    public int MaxReportedErrors { get; init; } = 100;

    /// <summary>Memory in bytes the cache from a message's series to the engine's may take. At least 1 MiB. Default 512 MiB.</summary>
    /// <remarks>About 30 bytes and the labels for each series, and each version of the protocol. Beyond it idle series are forgotten first.</remarks>
    public long SeriesCacheBytes { get; init; } = 512L << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLabels, 2, nameof(MaxLabels));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxLabels, 1024, nameof(MaxLabels));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxLabelNameBytes, nameof(MaxLabelNameBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxLabelValueBytes, nameof(MaxLabelValueBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SamplesPerAppend, nameof(SamplesPerAppend));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SamplesPerAppend, 1 << 20, nameof(SamplesPerAppend));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSymbols, nameof(MaxSymbols));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxReportedErrors, nameof(MaxReportedErrors));
        ArgumentOutOfRangeException.ThrowIfLessThan(SeriesCacheBytes, 1 << 20, nameof(SeriesCacheBytes));
    }
}

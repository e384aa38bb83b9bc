using Tsdb.Model.Writing;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>What a request for writing line protocol says besides its body.</summary>
public sealed record LineProtocolRequest
{
    /// <summary>When the request was received, in nanoseconds since the Unix epoch: the time of lines without a timestamp, cut to <see cref="Precision"/>.</summary>
    public required long ReceivedNs { get; init; }

    /// <summary>The unit of the timestamps. Default nanoseconds.</summary>
    public LineProtocolPrecision Precision { get; init; }

    /// <summary>The value of the <c>db</c> label to add to each series; null or empty for none, the default.</summary>
    public string? DatabaseLabel { get; init; }

    /// <summary>When the write counts as done. Default <see cref="Model.Writing.Durability.Always"/>.</summary>
    public Durability Durability { get; init; }

    /// <summary>Most bytes the body may have once decompressed. At least 1. Default 1 GiB: bodies are streamed.</summary>
    public long MaxBodyBytes { get; init; } = 1L << 30;

    /// <summary>The setting that changes <see cref="MaxBodyBytes"/>, for the error that names it.</summary>
    public string MaxBodySetting { get; init; } = nameof(MaxBodyBytes);
}

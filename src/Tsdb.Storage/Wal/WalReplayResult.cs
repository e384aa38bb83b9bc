using Tsdb.Model.Samples;

namespace Tsdb.Storage.Wal;

/// <summary>What a replay found.</summary>
internal sealed record WalReplayResult
{
    /// <summary>The last segment there is; one less than the first asked for when there is none.</summary>
    public required long LastSegment { get; init; }

    /// <summary>The last segment's length once a torn tail is cut; 0 when there is none.</summary>
    public required long LastSegmentLengthBytes { get; init; }

    /// <summary>The highest sequence number logged; 0 when none was.</summary>
    public required SequenceNumber HighestSequence { get; init; }

    /// <summary>Records replayed.</summary>
    public required long Records { get; init; }

    /// <summary>Series visited; one that several generations use counts in each.</summary>
    public required long Series { get; init; }

    /// <summary>Samples visited.</summary>
    public required long Samples { get; init; }

    /// <summary>Bytes of an unfinished write at the end; cut off unless the replay was told not to change anything.</summary>
    public required long TornBytes { get; init; }

    /// <summary>Damage: what was logged there is lost. Empty for a healthy log.</summary>
    public required IReadOnlyList<WalQuarantinedRange> Quarantined { get; init; }
}

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>What became of a remote-write request.</summary>
public sealed record RemoteWriteReport
{
    /// <summary>Float samples handed to the engine.</summary>
    public long WrittenSamples { get; init; }

    /// <summary>Native histograms handed to the engine.</summary>
    public long WrittenHistograms { get; init; }

    /// <summary>Samples and histograms refused, described or not.</summary>
    public long RefusedSamples { get; init; }

    /// <summary>Series refused, wholly or in part; one without any sample counts too.</summary>
    public long RefusedSeries { get; init; }

    /// <summary>Exemplars dropped: they are not kept.</summary>
    public long DroppedExemplars { get; init; }

    /// <summary>The first refusals, in order.</summary>
    public IReadOnlyList<RemoteWriteError> Errors { get; init; } = [];

    /// <summary>True when nothing was refused.</summary>
    public bool IsComplete => RefusedSeries == 0;

    /// <summary>
    /// A sentence for the client: <c>partial write: …</c> when samples were written, <c>unable to parse: …</c> when none were. Empty when nothing was
    /// refused.
    /// </summary>
    public string Message
    {
        get
        {
            if (IsComplete)
            {
                return "";
            }

            long written = WrittenSamples + WrittenHistograms;
            string first = Errors.Count == 0 ? "" : $"; {Errors[0].Series}: {Errors[0].Reason}";
            string refused = $"{RefusedSeries} series refused with {RefusedSamples} of {RefusedSamples + written} samples";
            return written > 0 ? $"partial write: {refused}, {written} samples written{first}" : $"unable to parse: {refused}{first}";
        }
    }
}

namespace Tsdb.Ingest;

/// <summary>What became of a write request: what was written, and which lines were refused.</summary>
public sealed record WriteReport
{
    /// <summary>Samples handed to the engine.</summary>
    public long WrittenSamples { get; init; }

    /// <summary>Lines accepted; empty lines and comments do not count.</summary>
    public long WrittenLines { get; init; }

    /// <summary>Lines refused, described or not.</summary>
    public long RefusedLines { get; init; }

    /// <summary>Fields that were strings: skipped, as they are no samples.</summary>
    public long SkippedStringFields { get; init; }

    /// <summary>Integers beyond 2^53, written rounded to the nearest double.</summary>
    public long RoundedIntegers { get; init; }

    /// <summary>The first refused lines, in order.</summary>
    public IReadOnlyList<WriteError> Errors { get; init; } = [];

    /// <summary>True when no line was refused.</summary>
    public bool IsComplete => RefusedLines == 0;

    /// <summary>
    /// A sentence for the client: <c>partial write: …</c> when samples were written, <c>unable to parse: …</c> when none were. Empty when no line
    /// was refused.
    /// </summary>
    public string Message
    {
        get
        {
            if (IsComplete)
            {
                return "";
            }

            string first = Errors.Count == 0 ? "" : $"; line {Errors[0].Line}: {Errors[0].Reason}";
            string refused = $"{RefusedLines} of {RefusedLines + WrittenLines} lines refused";
            return WrittenSamples > 0
                ? $"partial write: {refused}, {WrittenSamples} samples written{first}"
                : $"unable to parse: {refused}{first}";
        }
    }
}

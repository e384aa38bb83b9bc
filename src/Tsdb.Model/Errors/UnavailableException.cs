namespace Tsdb.Model.Errors;

/// <summary>The database cannot do this now but expects to later: it is overloaded, recovering, or the disk is full.</summary>
public sealed class UnavailableException : TsdbException
{
    /// <summary>Reports the state.</summary>
    /// <param name="message">Why, in a sentence for a person.</param>
    /// <param name="retryAfter">When to try again.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public UnavailableException(string message, TimeSpan retryAfter, Exception? innerException = null)
        : base(message, innerException!) => RetryAfter = retryAfter;

    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>True when it will not end by itself: somebody has to look at the disk and restart.</summary>
    public bool NeedsRestart { get; init; }
}

using Tsdb.Model.Time;

namespace Tsdb.Storage.Retention;

/// <summary>How long samples are kept. Safe for concurrent use.</summary>
/// <param name="kept">How long; null for ever.</param>
/// <param name="time">The clock that says what is old.</param>
internal sealed class RetentionPolicy(TimeSpan? kept, TimeProvider time)
{
    /// <summary>The oldest timestamp that is kept now: older samples are refused, not returned, and their blocks deleted.</summary>
    public long OldestKeptTimestampNs =>
        kept is { } span ? Timestamps.AddSaturating(Timestamps.FromDateTimeOffset(time.GetUtcNow()), -(span.Ticks * 100)) : long.MinValue;

    /// <summary>Cuts a range to what is kept.</summary>
    public TimeRange Clamp(TimeRange range) => range with { MinTimeNs = Math.Max(range.MinTimeNs, OldestKeptTimestampNs) };
}

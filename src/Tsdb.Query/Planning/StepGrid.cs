using Tsdb.Model.Time;

namespace Tsdb.Query.Planning;

/// <summary>The evenly spaced times an expression is evaluated at. An instant query has one.</summary>
/// <param name="StartMs">The first step, milliseconds since the Unix epoch.</param>
/// <param name="StepMs">The distance between steps in milliseconds; not used with a single step.</param>
/// <param name="Count">How many steps; at least 1, save for a subquery whose window holds no multiple of its step.</param>
internal readonly record struct StepGrid(long StartMs, long StepMs, int Count)
{
    /// <summary>The grid of one step.</summary>
    public static StepGrid Single(long timestampMs) => new(timestampMs, 0, 1);

    /// <summary>The last step actually taken, which may lie before the end that was asked for.</summary>
    public long EndMs => TimeMs(Count - 1);

    /// <summary>The time of a step, in milliseconds.</summary>
    public long TimeMs(int step) => StartMs + (step * StepMs);

    /// <summary>The time of a step, in nanoseconds, held at the ends of the 64-bit range.</summary>
    public long TimeNs(int step) => Timestamps.FromMilliseconds(TimeMs(step));
}

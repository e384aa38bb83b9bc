using Tsdb.Model.Time;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Where each step of a grid looks: the instant a selector refers to, or the end of its window, after <c>@</c> and <c>offset</c>.</summary>
/// <param name="Grid">The steps.</param>
/// <param name="FixedMs">The time <c>@</c> names, the same for every step; null without <c>@</c>.</param>
/// <param name="OffsetMs">How far back <c>offset</c> shifts, in milliseconds; negative looks ahead.</param>
/// <param name="LengthNs">The window's length in nanoseconds: (end - length, end].</param>
internal readonly record struct WindowGrid(StepGrid Grid, long? FixedMs, long OffsetMs, long LengthNs)
{
    /// <summary>How many steps there are.</summary>
    public int Count => Grid.Count;

    /// <summary>The last instant of a step's window, which belongs to it.</summary>
    public long EndNs(int step) => Timestamps.FromMilliseconds(Timestamps.AddSaturating(FixedMs ?? Grid.TimeMs(step), -OffsetMs));

    /// <summary>The instant before a step's window, which does not belong to it.</summary>
    public long StartNs(int step) => Timestamps.AddSaturating(EndNs(step), -LengthNs);

    /// <summary>The samples that some window holds.</summary>
    public TimeRange SampleRange => new(Timestamps.AddSaturating(StartNs(0), 1), EndNs(Count - 1));
}

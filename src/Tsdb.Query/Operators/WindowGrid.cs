using Tsdb.Model.Time;
using Tsdb.Query.Planning;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Operators;

/// <summary>Where each step of a grid looks: the instant a selector refers to, or the end of its window, after <c>@</c> and <c>offset</c>.</summary>
/// <param name="Grid">The steps.</param>
/// <param name="FixedMs">The time <c>@</c> names, the same for every step; null without <c>@</c>.</param>
/// <param name="OffsetMs">How far back <c>offset</c> shifts, in milliseconds; negative looks ahead.</param>
/// <param name="LengthNs">The window's length in nanoseconds: (end - length, end].</param>
internal readonly record struct WindowGrid(StepGrid Grid, long? FixedMs, long OffsetMs, long LengthNs)
{
    /// <summary>Whether samples beyond a window's edges help to fill it.</summary>
    public RangeEdges Edges { get; init; }

    /// <summary>How far beyond an edge, in nanoseconds, such a sample is looked for.</summary>
    public long ReachNs { get; init; }

    /// <summary>How many steps there are.</summary>
    public int Count => Grid.Count;

    /// <summary>The last instant of a step's window, which belongs to it.</summary>
    public long EndNs(int step) => Timestamps.FromMilliseconds(Timestamps.AddSaturating(FixedMs ?? Grid.TimeMs(step), -OffsetMs));

    /// <summary>The instant before a step's window, which does not belong to it.</summary>
    public long StartNs(int step) => Timestamps.AddSaturating(EndNs(step), -LengthNs);

    /// <summary>The samples that some window holds, or looks at beyond its edges.</summary>
    public TimeRange SampleRange => new(
        Timestamps.AddSaturating(StartNs(0), 1 - (Edges == RangeEdges.Plain ? 0 : ReachNs)),
        Timestamps.AddSaturating(EndNs(Count - 1), Edges == RangeEdges.Smoothed ? ReachNs : 0));
}

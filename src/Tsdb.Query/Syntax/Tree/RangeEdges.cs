namespace Tsdb.Query.Syntax.Tree;

/// <summary>How a selector treats the edges of its time range.</summary>
public enum RangeEdges : byte
{
    /// <summary>Only samples inside the range count.</summary>
    Plain,

    /// <summary><c>anchored</c>: the last sample before the range stands for its left edge.</summary>
    Anchored,

    /// <summary><c>smoothed</c>: values at both edges are interpolated from the samples around them.</summary>
    Smoothed,
}

namespace Tsdb.Model.Placement;

/// <summary>
/// One of <see cref="Count"/> parts of all series, the unit of placement in a cluster: XxHash3 of the canonical label set without
/// <c>__name__</c>, modulo <see cref="Count"/>. All metrics with one label set share it.
/// </summary>
/// <param name="Value">0 to <see cref="Count"/> - 1.</param>
public readonly record struct VirtualShard(ushort Value)
{
    /// <summary>How many virtual shards there are. Part of the file formats and of placement: never changes.</summary>
    public const int Count = 1024;
}

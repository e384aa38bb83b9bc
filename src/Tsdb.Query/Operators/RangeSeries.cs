using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>One series of a range vector: its samples and each step's window over them. The consumer owns it and has it refilled.</summary>
internal sealed class RangeSeries : IDisposable
{
    /// <summary>Creates one for the windows of a grid.</summary>
    public RangeSeries(QueryContext context, WindowGrid windows)
    {
        Samples = new SampleBuffer(context);
        Bounds = new WindowBounds(windows);
    }

    /// <summary>The canonical labels.</summary>
    public LabelBuffer Labels { get; } = new();

    /// <summary>True when the metric name goes away at the end of the query.</summary>
    public bool DropsName { get; set; }

    /// <summary>All samples some window holds.</summary>
    public SampleBuffer Samples { get; }

    /// <summary>Each step's window.</summary>
    public WindowBounds Bounds { get; }

    /// <inheritdoc/>
    public void Dispose() => Samples.Dispose();
}

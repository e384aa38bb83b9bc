namespace Tsdb.Query.Operators;

/// <summary>A node of the plan whose result is a range vector: yields one series at a time with its samples and each step's window. Used by one thread.</summary>
internal abstract class RangeOperator : IDisposable
{
    /// <summary>Creates an operator over the windows of a grid.</summary>
    protected RangeOperator(WindowGrid windows) => Windows = windows;

    /// <summary>The window of each step.</summary>
    public WindowGrid Windows { get; }

    /// <summary>Fills <paramref name="series"/> with the next series; false when there are no more.</summary>
    public abstract bool MoveNext(RangeSeries series);

    /// <summary>Lets go of cursors and rented columns.</summary>
    public abstract void Dispose();
}

using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A node of the plan whose result is an instant vector: yields one series at a time, each with all its steps. Used by one thread.</summary>
/// <remarks>
/// The same label set may come more than once as long as no step has two values for it: that happens where vector matching pairs a series with
/// different partners at different steps. Consumers decide per step, so only a subquery and the final result need to join such parts.
/// </remarks>
internal abstract class VectorOperator : IDisposable
{
    /// <summary>Creates an operator over a grid.</summary>
    protected VectorOperator(QueryContext context, StepGrid grid)
    {
        Context = context;
        Grid = grid;
    }

    /// <summary>The steps every series of this operator has.</summary>
    public StepGrid Grid { get; }

    /// <summary>True when one label set may come in several parts with disjoint steps.</summary>
    public virtual bool MayRepeatLabels => false;

    /// <summary>True when the order of the series means something in an instant query, as after <c>sort</c> and <c>topk</c>.</summary>
    public virtual bool IsOrdered => false;

    /// <summary>What the whole query shares.</summary>
    protected QueryContext Context { get; }

    /// <summary>Fills <paramref name="series"/> with the next series; false when there are no more. A series may come with no value at all.</summary>
    /// <param name="series">The caller's, with a column of as many steps as <see cref="Grid"/>; its old content is overwritten.</param>
    public abstract bool MoveNext(EvaluatedSeries series);

    /// <summary>Lets go of cursors and rented columns.</summary>
    public abstract void Dispose();
}

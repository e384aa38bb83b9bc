using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A node of the plan whose result is a scalar: one number a step. Used by one thread.</summary>
internal abstract class ScalarOperator : IDisposable
{
    /// <summary>Creates an operator over a grid.</summary>
    protected ScalarOperator(StepGrid grid) => Grid = grid;

    /// <summary>The steps.</summary>
    public StepGrid Grid { get; }

    /// <summary>Computes the number of every step. Called once.</summary>
    /// <param name="destination">One element a step of <see cref="Grid"/>.</param>
    public abstract void Evaluate(Span<double> destination);

    /// <summary>Lets go of cursors and rented columns.</summary>
    public abstract void Dispose();
}

using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>time()</c>: each step's time in seconds.</summary>
internal sealed class TimeScalar : ScalarOperator
{
    /// <summary>Creates the operator.</summary>
    public TimeScalar(StepGrid grid)
        : base(grid)
    {
    }

    /// <inheritdoc/>
    public override void Evaluate(Span<double> destination)
    {
        for (int step = 0; step < destination.Length; step++)
        {
            destination[step] = Grid.TimeMs(step) / 1000.0;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}

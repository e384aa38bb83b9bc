using Tsdb.Query.Operators;

namespace Tsdb.Query.Functions;

/// <summary>A function of a range vector, evaluated over all steps of one series at once. Used by one thread.</summary>
internal abstract class RangeFunction
{
    /// <summary>Computes the function at every step.</summary>
    /// <param name="series">The samples and each step's window.</param>
    /// <param name="windows">Where the windows lie.</param>
    /// <param name="parameters">The scalar arguments.</param>
    /// <param name="output">Receives the results; comes without any value.</param>
    public abstract void Evaluate(RangeSeries series, WindowGrid windows, in ScalarArguments parameters, SeriesColumn output);
}

namespace Tsdb.Query.Functions;

/// <summary>A range function that needs nothing but the samples of the window. Implemented by empty structs, so that the loop over steps inlines it.</summary>
internal interface IWindowKernel
{
    /// <summary>Computes the function over a window that is not empty.</summary>
    /// <returns>False when the window holds too few samples for a result.</returns>
    static abstract bool TryEvaluate(in SampleWindow window, out double result);
}

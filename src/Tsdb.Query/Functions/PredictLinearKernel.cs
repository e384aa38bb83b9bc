namespace Tsdb.Query.Functions;

/// <summary><c>predict_linear</c>: the value of that line the first parameter's seconds after the step.</summary>
internal readonly struct PredictLinearKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = 0;
        if (window.Values.Length < 2)
        {
            return false;
        }

        (double slope, double intercept) = LinearRegression.Of(window, window.StepMs);
        result = (slope * window.Parameter) + intercept;
        return true;
    }
}

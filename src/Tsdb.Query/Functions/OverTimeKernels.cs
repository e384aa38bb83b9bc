namespace Tsdb.Query.Functions;

/// <summary><c>sum_over_time</c>.</summary>
internal readonly struct SumOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        var sum = default(CompensatedSum);
        foreach (double value in window.Values)
        {
            sum.Add(value);
        }

        result = sum.Total;
        return true;
    }
}

/// <summary><c>avg_over_time</c>.</summary>
internal readonly struct AvgOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        var mean = default(RunningMean);
        foreach (double value in window.Values)
        {
            mean.Add(value);
        }

        result = mean.Mean;
        return true;
    }
}

/// <summary><c>count_over_time</c>.</summary>
internal readonly struct CountOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = window.Values.Length;
        return true;
    }
}

/// <summary><c>present_over_time</c>: 1 where there is any sample.</summary>
internal readonly struct PresentOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = 1;
        return true;
    }
}

/// <summary><c>last_over_time</c>.</summary>
internal readonly struct LastOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = window.Values[^1];
        return true;
    }
}

/// <summary><c>first_over_time</c>.</summary>
internal readonly struct FirstOverTimeKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = window.Values[0];
        return true;
    }
}

using Tsdb.Model.Time;

namespace Tsdb.Query.Functions;

/// <summary><c>irate</c>: the change per second between the last two samples; a fall counts as a restart from zero.</summary>
internal readonly struct IrateKernel : IWindowKernel
{
    /// <inheritdoc/>
    public static bool TryEvaluate(in SampleWindow window, out double result)
    {
        result = 0;
        if (window.Values.Length < 2)
        {
            return false;
        }

        double last = window.Values[^1];
        double previous = window.Values[^2];
        double change = window.IsReset(window.Values.Length - 1) ? last : last - previous;
        result = change / ((window.TimestampsNs[^1] - window.TimestampsNs[^2]) / (double)Timestamps.NsPerSecond);
        return true;
    }
}

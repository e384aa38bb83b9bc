using Tsdb.Query.Operators;

namespace Tsdb.Query.Functions;

/// <summary>Runs a kernel over each step's window.</summary>
internal sealed class WindowFunction<TKernel> : RangeFunction
    where TKernel : struct, IWindowKernel
{
    /// <inheritdoc/>
    public override void Evaluate(RangeSeries series, WindowGrid windows, in ScalarArguments parameters, SeriesColumn output)
    {
        ReadOnlySpan<long> timestampsNs = series.Samples.TimestampsNs;
        ReadOnlySpan<long> startsNs = series.Samples.StartTimestampsNs;
        ReadOnlySpan<double> values = series.Samples.Values;
        ReadOnlySpan<int> first = series.Bounds.First;
        ReadOnlySpan<int> end = series.Bounds.End;
        Span<double> results = output.Values;
        PresenceBitmap presence = output.Presence;
        for (int step = 0; step < results.Length; step++)
        {
            int count = end[step] - first[step];
            if (count == 0)
            {
                continue;
            }

            var window = new SampleWindow
            {
                TimestampsNs = timestampsNs.Slice(first[step], count),
                Values = values.Slice(first[step], count),
                StartTimestampsNs = startsNs.IsEmpty ? default : startsNs.Slice(first[step], count),
                StepMs = windows.Grid.TimeMs(step),
                Parameter = parameters.FirstAt(step),
                SecondParameter = parameters.SecondAt(step),
            };
            if (TKernel.TryEvaluate(window, out double result))
            {
                results[step] = result;
                presence.Set(step);
            }
        }
    }
}

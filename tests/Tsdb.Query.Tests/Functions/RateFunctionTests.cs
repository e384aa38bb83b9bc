using Tsdb.Model.Labels;
using Tsdb.Query.Results;
using Tsdb.Testing.Reading;

namespace Tsdb.Query.Tests.Functions;

public sealed class RateFunctionTests
{
    private const long StepMs = 7_000;
    private const long RangeMs = 45_000;
    private const int Steps = 40;

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Rate_AnyCounter_HasTheBitsOfTheDefinition(ushort[] stepsMs, sbyte[] increments) =>
        Agrees("rate", stepsMs, increments, isCounter: true, perSecond: RangeMs / 1000.0);

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Increase_AnyCounter_HasTheBitsOfTheDefinition(ushort[] stepsMs, sbyte[] increments) =>
        Agrees("increase", stepsMs, increments, isCounter: true, perSecond: 1);

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Delta_AnyGauge_HasTheBitsOfTheDefinition(ushort[] stepsMs, sbyte[] increments) =>
        Agrees("delta", stepsMs, increments, isCounter: false, perSecond: 1);

    private static bool Agrees(string function, ushort[] stepsMs, sbyte[] increments, bool isCounter, double perSecond)
    {
        var source = new InMemorySeriesSource();
        InMemorySeries series = source.Series(LabelSet.OfMetric("c_total"));
        var samples = new List<(long TimeMs, double Value)>();
        long timeMs = 0;
        double value = 5;
        for (int i = 0; i < Math.Min(stepsMs.Length, increments.Length); i++)
        {
            timeMs += (stepsMs[i] % 12_000) + 1;
            value = increments[i] < -100 ? 1 : value + (increments[i] / 7.0); // a restart now and then, and small falls, which are resets too
            samples.Add((timeMs, value));
            series.Append(timeMs * 1_000_000, value);
        }

        using QueryResult result = new QueryEngine(source, new QueryEngineOptions(), TimeProvider.System)
            .Range($"{function}(c_total[{RangeMs}ms])", 0, StepMs * (Steps - 1), StepMs);
        var actual = new Dictionary<int, double>();
        foreach (ResultSeries only in result.Series)
        {
            foreach (ResultPoint point in only)
            {
                actual.Add(point.Step, point.Value);
            }
        }

        return Enumerable.Range(0, Steps).All(step => HasBitsOf(
            Expected(samples, step * StepMs, isCounter, perSecond), actual.TryGetValue(step, out double found) ? found : null));
    }

    private static bool HasBitsOf(double? expected, double? actual) => expected.HasValue == actual.HasValue
        && BitConverter.DoubleToInt64Bits(expected.GetValueOrDefault()) == BitConverter.DoubleToInt64Bits(actual.GetValueOrDefault());

    // Prometheus' definition, sample by sample, in milliseconds.
    private static double? Expected(List<(long TimeMs, double Value)> samples, long endMs, bool isCounter, double perSecond)
    {
        (long TimeMs, double Value)[] window = [.. samples.Where(sample => sample.TimeMs > endMs - RangeMs && sample.TimeMs <= endMs)];
        if (window.Length < 2)
        {
            return null;
        }

        double change = window[^1].Value - window[0].Value;
        for (int i = 1; isCounter && i < window.Length; i++)
        {
            change += window[i].Value < window[i - 1].Value ? window[i - 1].Value : 0;
        }

        double toStart = (window[0].TimeMs - (endMs - RangeMs)) / 1000.0;
        double toEnd = (endMs - window[^1].TimeMs) / 1000.0;
        double sampled = (window[^1].TimeMs - window[0].TimeMs) / 1000.0;
        double spacing = sampled / (window.Length - 1);
        toStart = toStart >= spacing * 1.1 ? spacing / 2 : toStart;
        if (isCounter && change > 0 && window[0].Value >= 0)
        {
            toStart = Math.Min(toStart, sampled * (window[0].Value / change));
        }

        toEnd = toEnd >= spacing * 1.1 ? spacing / 2 : toEnd;
        return change * ((sampled + toStart + toEnd) / sampled / perSecond);
    }
}

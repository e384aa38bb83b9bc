using Tsdb.Model.Labels;
using Tsdb.Model.Samples;

namespace Tsdb.Testing.Samples;

/// <summary>Describes a series step by step; immutable, each step returns another builder.</summary>
public sealed record SeriesBuilder(LabelSet Labels)
{
    private long StartNs { get; init; } = 1_700_000_000_000_000_000;

    private TimeSpan Step { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first sample's timestamp in nanoseconds.</summary>
    public SeriesBuilder From(long startNs) => this with { StartNs = startNs };

    /// <summary>The time between samples.</summary>
    public SeriesBuilder Every(TimeSpan step) => this with { Step = step };

    /// <summary>The series with these values, one a step.</summary>
    public TestSeries Values(params ReadOnlySpan<double> values)
    {
        var samples = new Sample[values.Length];
        long stepNs = Step.Ticks * TimeSpan.NanosecondsPerTick;
        for (int i = 0; i < values.Length; i++)
        {
            samples[i] = new Sample(StartNs + (i * stepNs), values[i]);
        }

        return new TestSeries(Labels, samples);
    }
}

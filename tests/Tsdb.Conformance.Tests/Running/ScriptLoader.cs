using Tsdb.Conformance.Tests.Reading;
using Tsdb.Model.Labels;
using Tsdb.Testing.Reading;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>Puts the samples of a <c>load</c> into a source.</summary>
internal static class ScriptLoader
{
    private const long NsPerMs = 1_000_000;

    public static void Load(InMemorySeriesSource source, LoadCommand load)
    {
        // A series that appears twice is loaded from its last line only.
        foreach (SeriesLine line in load.Series.GroupBy(static line => line.Labels).Select(static lines => lines.Last()))
        {
            InMemorySeries series = source.Series(line.Labels);
            for (int i = 0; i < line.Items.Count; i++)
            {
                long timestampNs = i * load.StepMs * NsPerMs;
                long? offsetMs = i < line.StartOffsetsMs.Count ? line.StartOffsetsMs[i] : null;
                if (!line.Items[i].IsGap)
                {
                    series.Append(timestampNs, line.Items[i].Value, offsetMs is { } offset ? timestampNs + (offset * NsPerMs) : 0);
                }
            }

            if (load.WithCustomBuckets)
            {
                LoadAsHistogram(source, line, load.StepMs);
            }
        }
    }

    // The native histograms a classic one is converted to; what they hold does not matter as long as no query evaluates them.
    private static void LoadAsHistogram(InMemorySeriesSource source, SeriesLine line, long stepMs)
    {
        string name = line.Labels.MetricName;
        int suffix = name.LastIndexOf('_');
        if (suffix < 0 || name[suffix..] is not ("_bucket" or "_count" or "_sum"))
        {
            return;
        }

        var labels = new LabelSetBuilder();
        labels.Add(LabelNames.MetricName, name[..suffix]);
        foreach (Label label in line.Labels.Where(static label => label.Name is not (LabelNames.MetricName or LabelNames.BucketUpperBound)))
        {
            labels.Add(label.Name, label.Value);
        }

        InMemorySeries series = source.Series(labels.Build());
        for (int i = 0; i < line.Items.Count; i++)
        {
            if (!line.Items[i].IsGap)
            {
                series.Append(i * stepMs * NsPerMs, null);
            }
        }
    }
}

using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Results;

namespace Tsdb.Query.Functions;

/// <summary>Notices when a function meant for counters is given something that is not named like one.</summary>
internal static class CounterNames
{
    /// <summary>Raises an info when the metric name of a series lacks the endings counters have.</summary>
    public static void Check(ReadOnlySpan<byte> canonicalLabels, AnnotationCollector annotations, string position)
    {
        ReadOnlySpan<byte> name = CanonicalLabels.ValueOf(canonicalLabels, LabelNames.MetricNameUtf8);
        if (name.IsEmpty || name.EndsWith("_total"u8) || name.EndsWith("_sum"u8) || name.EndsWith("_count"u8) || name.EndsWith("_bucket"u8))
        {
            return;
        }

        string text = Encoding.UTF8.GetString(name);
        annotations.Inform($"metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"{text}\"", position);
    }
}

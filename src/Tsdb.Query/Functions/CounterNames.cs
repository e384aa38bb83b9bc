using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Results;

namespace Tsdb.Query.Functions;

/// <summary>Notices when a function meant for counters is given something that is not named like one. Used by one thread.</summary>
internal sealed class CounterNames
{
    private readonly AnnotationCollector _annotations;
    private readonly string _position;
    private byte[] _lastName = []; // series of one metric come together, so most names are the one before

    /// <summary>Creates the check for one call of a function, whose argument stands at the position.</summary>
    public CounterNames(AnnotationCollector annotations, string position)
    {
        _annotations = annotations;
        _position = position;
    }

    /// <summary>Raises an info when the metric name of a series lacks the endings counters have.</summary>
    public void Check(ReadOnlySpan<byte> canonicalLabels)
    {
        ReadOnlySpan<byte> name = CanonicalLabels.ValueOf(canonicalLabels, LabelNames.MetricNameUtf8);
        if (name.IsEmpty || name.SequenceEqual(_lastName))
        {
            return;
        }

        _lastName = name.ToArray();
        if (name.EndsWith("_total"u8) || name.EndsWith("_sum"u8) || name.EndsWith("_count"u8) || name.EndsWith("_bucket"u8))
        {
            return;
        }

        string text = Encoding.UTF8.GetString(name);
        _annotations.Inform($"metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"{text}\"", _position);
    }
}

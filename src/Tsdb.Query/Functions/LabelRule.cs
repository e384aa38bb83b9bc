using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Errors;
using Tsdb.Query.Operators;

namespace Tsdb.Query.Functions;

/// <summary>Computes a new value for one label from the labels of a series. Used by one thread.</summary>
internal abstract class LabelRule
{
    private readonly byte[] _target;
    private readonly LabelSetBuilder _builder = new();

    /// <summary>Creates a rule for a label.</summary>
    /// <param name="function">The function's name, for the refusal.</param>
    /// <param name="target">The label's name.</param>
    /// <exception cref="QueryExecutionException">The name is empty or was not UTF-8.</exception>
    protected LabelRule(string function, string target)
    {
        // The parser decodes bytes that are no text as U+FFFD.
        if (target.Length == 0 || target.Contains('\uFFFD'))
        {
            throw new QueryExecutionException($"invalid destination label name in {function}(): {target}");
        }

        _target = Encoding.UTF8.GetBytes(target);
    }

    /// <summary>True when the rule sets the metric name, which then is not dropped at the end of the query.</summary>
    public bool SetsMetricName => _target.AsSpan().SequenceEqual(LabelNames.MetricNameUtf8);

    /// <summary>Sets the label, or removes it when its new value is empty.</summary>
    /// <returns>False when the rule does not concern these labels, which then are as before.</returns>
    public bool TryApply(LabelBuffer labels)
    {
        string? value = NewValue(labels.Span);
        if (value is null)
        {
            return false;
        }

        _builder.Clear();
        ReadOnlySpan<byte> rest = labels.Span;
        while (!rest.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref rest);
            if (!label.Name.SequenceEqual(_target))
            {
                _builder.AddTrusted(label.Name, label.Value);
            }
        }

        _builder.AddTrusted(_target, Encoding.UTF8.GetBytes(value));
        _builder.TryBuildCanonical(out ReadOnlySpan<byte> canonical, out _);
        labels.Set(canonical);
        return true;
    }

    /// <summary>The label's new value; null to leave the labels alone.</summary>
    protected abstract string? NewValue(ReadOnlySpan<byte> canonical);
}

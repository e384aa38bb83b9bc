using Tsdb.Model.Labels;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Checks the labels of a new series and brings them into canonical form. Not thread-safe; reused from series to series.</summary>
/// <remarks>Labels may come in any order, and one with an empty value is absent, as in Prometheus.</remarks>
/// <param name="options">The limits.</param>
internal sealed class LabelCollector(RemoteWriteOptions options)
{
    private readonly LabelSetBuilder _builder = new();
    private bool _hasMetricName;

    /// <summary>Begins a series.</summary>
    public void Begin()
    {
        _builder.Clear();
        _hasMetricName = false;
    }

    /// <summary>Takes a label.</summary>
    public SeriesFault Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.IsEmpty)
        {
            return SeriesFault.EmptyLabelName;
        }

        if (name.Length > options.MaxLabelNameBytes)
        {
            return SeriesFault.LabelNameTooLong;
        }

        if (value.Length > options.MaxLabelValueBytes)
        {
            return SeriesFault.LabelValueTooLong;
        }

        if (!CanonicalLabels.IsValidText(name) || !CanonicalLabels.IsValidText(value))
        {
            return SeriesFault.InvalidUtf8;
        }

        _hasMetricName |= !value.IsEmpty && name.SequenceEqual(LabelNames.MetricNameUtf8);
        _builder.AddTrusted(name, value);
        return _builder.Count > options.MaxLabels ? SeriesFault.TooManyLabels : SeriesFault.None;
    }

    /// <summary>Ends the series.</summary>
    /// <param name="canonical">Its labels, valid until the next call.</param>
    public SeriesFault Finish(out ReadOnlySpan<byte> canonical)
    {
        canonical = default;
        if (!_hasMetricName)
        {
            return SeriesFault.MissingMetricName;
        }

        return _builder.TryBuildCanonical(out canonical, out _) ? SeriesFault.None : SeriesFault.DuplicateLabel;
    }
}

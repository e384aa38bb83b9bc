namespace Tsdb.Query.Operators;

/// <summary>One side of a match: a series, or the constant that stands for a missing one. A view over its owner's buffers.</summary>
internal readonly ref struct MatchedSeries
{
    /// <summary>Views a series.</summary>
    public MatchedSeries(EvaluatedSeries series)
        : this(series.Labels.Span, series.Column.Values)
    {
        DropsName = series.DropsName;
    }

    /// <summary>Views the labels and values that stand for a series.</summary>
    public MatchedSeries(ReadOnlySpan<byte> labels, ReadOnlySpan<double> values)
    {
        Labels = labels;
        Values = values;
    }

    /// <summary>The canonical labels.</summary>
    public ReadOnlySpan<byte> Labels { get; }

    /// <summary>One value a step.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>True when the metric name goes away at the end of the query.</summary>
    public bool DropsName { get; }
}

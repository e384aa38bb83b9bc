using Tsdb.Model.Labels;
using Tsdb.Model.Reading;

namespace Tsdb.Testing.Reading;

/// <summary>A series source that holds everything in sorted lists. Series come in label order. Used by one thread.</summary>
public sealed class InMemorySeriesSource : ISeriesSource
{
    private readonly SortedDictionary<LabelSet, InMemorySeries> _series = [];

    /// <summary>Cursors opened and not yet disposed: a query must leave none.</summary>
    public int OpenCursors { get; set; }

    /// <summary>Runs of native histograms that cursors came upon.</summary>
    public int HistogramRunsRead { get; set; }

    /// <summary>Called before each series a cursor goes to.</summary>
    public Action BeforeEachSeries { get; set; } = static () => { };

    /// <summary>How many series there are.</summary>
    public int Count => _series.Count;

    /// <summary>Every series, in label order.</summary>
    public IReadOnlyCollection<InMemorySeries> All => _series.Values;

    /// <summary>The series with some labels, created when there is none.</summary>
    public InMemorySeries Series(LabelSet labels)
    {
        if (!_series.TryGetValue(labels, out InMemorySeries? series))
        {
            series = new InMemorySeries(labels);
            _series.Add(labels, series);
        }

        return series;
    }

    /// <summary>Adds samples at multiples of a step, from time 0 on.</summary>
    public InMemorySeriesSource Add(LabelSet labels, long stepMs, params double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Series(labels).Append(i * stepMs * 1_000_000, values[i]);
        }

        return this;
    }

    /// <summary>Moves every series that has a sample of some kind to a source of its own.</summary>
    public InMemorySeriesSource TakeWhere(Func<InMemorySample, bool> predicate)
    {
        var taken = new InMemorySeriesSource();
        foreach (InMemorySeries series in _series.Values.Where(series => series.Samples.Any(predicate)).ToArray())
        {
            taken._series.Add(series.Labels, series);
            _series.Remove(series.Labels);
        }

        return taken;
    }

    public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken)
    {
        OpenCursors++;
        return new InMemoryCursor(this, [.. Matching(selection)], selection.Range);
    }

    public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Queries do not ask for label names.");

    public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Queries do not ask for label values.");

    private IEnumerable<InMemorySeries> Matching(SeriesSelection selection) => _series.Values.Where(series =>
        selection.Matchers.All(matcher => matcher.Matches(CanonicalLabels.ValueOf(series.Labels.Canonical, matcher.NameUtf8.Span))));
}

namespace Tsdb.Model.Reading;

/// <summary>Walks over selected series one by one. Used by one thread; dispose it to let go of the blocks and memtables it reads.</summary>
public interface ISeriesCursor : IDisposable
{
    /// <summary>An upper bound of how many series will come, for sizing.</summary>
    int CountEstimate { get; }

    /// <summary>Goes to the next series; false when there are no more.</summary>
    bool MoveNext();

    /// <summary>The current series' <see cref="Labels.CanonicalLabels">canonical labels</see>, valid until the next <see cref="MoveNext"/>.</summary>
    /// <remarks>Built when asked for: a query that needs no labels does not pay for them.</remarks>
    ReadOnlySpan<byte> Labels { get; }

    /// <summary>The current series' float samples, from the first one; the same reader object serves every series.</summary>
    IColumnReader Columns { get; }

    /// <summary>
    /// The current series' histogram samples, from the first one when first asked for; the same reader object serves every series. Looked for only when
    /// asked for: a query of floats does not pay for them. A source without histograms need not say so.
    /// </summary>
    /// <remarks>
    /// Floats and histograms of a series are kept apart. Where it has both at one time, both are returned, and the histogram is the one that counts.
    /// </remarks>
    IHistogramReader Histograms => NoHistograms.Instance;
}

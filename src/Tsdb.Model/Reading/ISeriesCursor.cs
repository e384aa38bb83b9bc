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

    /// <summary>The current series' samples, from the first one; the same reader object serves every series.</summary>
    IColumnReader Columns { get; }
}

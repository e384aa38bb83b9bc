namespace Tsdb.Model.Reading;

/// <summary>Where queries find series: the seam between the query engine and whatever stores the data. Safe for concurrent use.</summary>
public interface ISeriesSource
{
    /// <summary>Opens the series that match, with their samples in a time range.</summary>
    /// <remarks>
    /// The cursor sees one consistent state: everything appended before this call, and of later appends per series a prefix. Series that have no
    /// sample in the range may be among those returned, with empty columns. The order of series is not specified, and each series comes once.
    /// </remarks>
    ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>Collects the names of the labels that the matching series with data in the range have, sorted bytewise, each once.</summary>
    IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken);

    /// <summary>Collects the values the matching series with data in the range have for a label, sorted bytewise, each once.</summary>
    IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken);
}

namespace Tsdb.Query.Aggregations;

/// <summary>A series that was among the best of some step when it was seen.</summary>
/// <param name="labels">Its canonical labels.</param>
/// <param name="dropsName">Whether its metric name goes away at the end of the query.</param>
/// <param name="group">The index of its group.</param>
/// <param name="arrival">Its index among the candidates, in order of arrival.</param>
internal sealed class Candidate(byte[] labels, bool dropsName, int group, int arrival)
{
    /// <summary>Its canonical labels.</summary>
    public byte[] Labels => labels;

    /// <summary>True when its metric name goes away at the end of the query.</summary>
    public bool DropsName => dropsName;

    /// <summary>The index of its group.</summary>
    public int Group => group;

    /// <summary>Its index among the candidates, in order of arrival.</summary>
    public int Arrival => arrival;

    /// <summary>True when some step kept it to the end.</summary>
    public bool IsKept { get; set; }
}

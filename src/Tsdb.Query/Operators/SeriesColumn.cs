namespace Tsdb.Query.Operators;

/// <summary>The values of one series at every step of a grid, and at which steps it has one.</summary>
/// <remarks>Rented from the query's <see cref="Planning.ColumnPool"/>. Values at steps without presence are garbage, never to be shown.</remarks>
internal sealed class SeriesColumn
{
    private readonly double[] _values;
    private readonly ulong[] _presence;

    /// <summary>Wraps arrays at least as long as the steps need; the caller keeps owning them.</summary>
    public SeriesColumn(double[] values, ulong[] presence, int steps)
    {
        _values = values;
        _presence = presence;
        Steps = steps;
    }

    /// <summary>How many steps the grid has.</summary>
    public int Steps { get; }

    /// <summary>One value a step.</summary>
    public Span<double> Values => _values.AsSpan(0, Steps);

    /// <summary>At which steps there is a value.</summary>
    public PresenceBitmap Presence => new(_presence, Steps);

    /// <summary>The arrays behind the column, for the pool that lent them.</summary>
    public (double[] Values, ulong[] Presence) Arrays => (_values, _presence);

    /// <summary>Sets the value of a step.</summary>
    public void Set(int step, double value)
    {
        _values[step] = value;
        Presence.Set(step);
    }

    /// <summary>Copies another column of as many steps.</summary>
    public void CopyFrom(SeriesColumn other)
    {
        other.Values.CopyTo(Values);
        other.Presence.Words.CopyTo(Presence.Words);
    }

    /// <summary>Takes over the values of <paramref name="other"/> at the steps where it has some.</summary>
    public void Overlay(SeriesColumn other)
    {
        PresenceBitmap presence = other.Presence;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            _values[step] = other._values[step];
        }

        Presence.UnionWith(presence);
    }
}

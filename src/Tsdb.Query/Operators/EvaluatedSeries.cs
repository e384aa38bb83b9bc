using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>One series of an instant vector with all its steps: what operators hand to each other. The consumer owns it and has it refilled.</summary>
internal sealed class EvaluatedSeries
{
    /// <summary>Wraps a column; the caller keeps owning it.</summary>
    public EvaluatedSeries(SeriesColumn column) => Column = column;

    /// <summary>The canonical labels, still with the metric name where <see cref="DropsName"/> is set.</summary>
    public LabelBuffer Labels { get; } = new();

    /// <summary>
    /// True when the metric name goes away at the end of the query. It is kept until then so that an outer <c>label_replace</c> or
    /// <c>sum by (__name__)</c> still sees it.
    /// </summary>
    public bool DropsName { get; set; }

    /// <summary>The values.</summary>
    public SeriesColumn Column { get; }

    /// <summary>Creates one with a column of the pool; give it back with <see cref="Return"/>.</summary>
    public static EvaluatedSeries Rent(ColumnPool pool, int steps) => new(pool.Rent(steps));

    /// <summary>Copies labels, flag and column into a new series with a column of the pool.</summary>
    public EvaluatedSeries Clone(ColumnPool pool)
    {
        EvaluatedSeries copy = Rent(pool, Column.Steps);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Copies labels, flag and column of a series with as many steps.</summary>
    public void CopyFrom(EvaluatedSeries other)
    {
        Labels.Set(other.Labels.Span);
        DropsName = other.DropsName;
        Column.CopyFrom(other.Column);
    }

    /// <summary>Gives the column back; the series must not be used afterwards.</summary>
    public void Return(ColumnPool pool) => pool.Return(Column);
}

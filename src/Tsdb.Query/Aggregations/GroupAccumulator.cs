using Tsdb.Query.Operators;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Aggregations;

/// <summary>One group of an aggregation over all steps: takes its series one by one, each with all its steps. Used by one thread.</summary>
internal abstract class GroupAccumulator
{
    /// <summary>Creates an accumulator without any value.</summary>
    protected GroupAccumulator(ColumnPool pool, int steps)
    {
        Pool = pool;
        Column = pool.Rent(steps);
    }

    /// <summary>The running state of each step, and which steps have any.</summary>
    protected SeriesColumn Column { get; }

    /// <summary>Lends further columns of state.</summary>
    protected ColumnPool Pool { get; }

    /// <summary>Adds a series of the group.</summary>
    public abstract void Add(SeriesColumn series);

    /// <summary>Turns the state into results and writes them.</summary>
    public abstract void Finish(SeriesColumn result);

    /// <summary>Gives the columns back.</summary>
    public virtual void Return() => Pool.Return(Column);
}

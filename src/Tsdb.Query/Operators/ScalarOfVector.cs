using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>scalar(v)</c>: the value at each step that has exactly one, NaN at the others.</summary>
internal sealed class ScalarOfVector : ScalarOperator
{
    private readonly QueryContext _context;
    private readonly VectorOperator _input;

    /// <summary>Creates the operator over a vector it owns.</summary>
    public ScalarOfVector(QueryContext context, VectorOperator input)
        : base(input.Grid)
    {
        _context = context;
        _input = input;
    }

    /// <inheritdoc/>
    public override void Evaluate(Span<double> destination)
    {
        destination.Fill(double.NaN);
        var series = EvaluatedSeries.Rent(_context.Columns, Grid.Count);
        SeriesColumn seen = _context.Columns.Rent(Grid.Count);
        while (_input.MoveNext(series))
        {
            PresenceBitmap presence = series.Column.Presence;
            for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
            {
                destination[step] = seen.Presence[step] ? double.NaN : series.Column.Values[step];
                seen.Presence.Set(step);
            }
        }

        _context.Columns.Return(seen);
        series.Return(_context.Columns);
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();
}

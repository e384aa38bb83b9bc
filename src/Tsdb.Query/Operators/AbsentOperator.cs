using Tsdb.Model.Labels;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>absent</c>: 1 at the steps where a vector has no series at all.</summary>
internal sealed class AbsentOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly LabelSet _labels;
    private bool _isDone;

    /// <summary>Creates the operator.</summary>
    /// <param name="context">The query.</param>
    /// <param name="input">The vector that may be absent. Owned.</param>
    /// <param name="labels">The labels the result has.</param>
    public AbsentOperator(QueryContext context, VectorOperator input, LabelSet labels)
        : base(context, input.Grid)
    {
        _input = input;
        _labels = labels;
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_isDone)
        {
            return false;
        }

        _isDone = true;
        SeriesColumn absent = Context.Columns.Rent(Grid.Count);
        absent.Presence.Fill();
        while (_input.MoveNext(series))
        {
            absent.Presence.ExceptWith(series.Column.Presence);
        }

        absent.Values.Fill(1);
        series.Labels.Set(_labels.Canonical);
        series.DropsName = false;
        series.Column.CopyFrom(absent);
        Context.Columns.Return(absent);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();
}

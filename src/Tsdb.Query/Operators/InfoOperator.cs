using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary><c>info</c>: gives series the labels that info metrics, such as <c>target_info</c>, have for the same instance and job.</summary>
/// <remarks>
/// Which info series is current may change from step to step, so a series may come out as several, each with the steps of one set of labels.
/// Series of an info metric itself pass through.
/// </remarks>
internal sealed class InfoOperator : VectorOperator
{
    private readonly VectorOperator _input;
    private readonly InfoSource _source;
    private readonly LabelTable<EvaluatedSeries> _results = new();
    private int _next = -1;

    /// <summary>Creates the operator; it owns its input.</summary>
    public InfoOperator(QueryContext context, VectorOperator input, InfoSource source)
        : base(context, input.Grid)
    {
        _input = input;
        _source = source;
    }

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        if (_next < 0)
        {
            _next = 0;
            EnrichAll(series);
        }

        if (_next == _results.Count)
        {
            return false;
        }

        series.CopyFrom(_results.ValueAt(_next++));
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input.Dispose();
        for (int i = 0; i < _results.Count; i++)
        {
            _results.ValueAt(i).Return(Context.Columns);
        }
    }

    private void EnrichAll(EvaluatedSeries scratch)
    {
        var pending = new List<EvaluatedSeries>();
        while (_input.MoveNext(scratch))
        {
            if (_source.IsInfoSeries(scratch.Labels.Span))
            {
                AddSteps(scratch.Labels.Span, scratch, 0, Grid.Count);
            }
            else if (!scratch.Column.Presence.IsEmpty)
            {
                pending.Add(scratch.Clone(Context.Columns));
                _source.Want(scratch.Labels.Span);
            }
        }

        var info = new InfoTable(Grid.Count);
        using (VectorOperator infoSeries = _source.Open())
        {
            while (infoSeries.MoveNext(scratch))
            {
                info.Add(scratch);
            }
        }

        foreach (EvaluatedSeries series in pending)
        {
            Enrich(series, info);
            series.Return(Context.Columns);
        }
    }

    // Steps that follow each other mostly have the same info series; they are taken together.
    private void Enrich(EvaluatedSeries series, InfoTable info)
    {
        var labels = new InfoLabels(_source, info, series.Labels.Span);
        PresenceBitmap presence = series.Column.Presence;
        int from = presence.NextSet(0);
        while (from >= 0)
        {
            int to = presence.NextSet(from + 1);
            while (to >= 0 && labels.AreEqualAt(from, to))
            {
                to = presence.NextSet(to + 1);
            }

            if (labels.TryBuild(series.Labels.Span, from, out ReadOnlySpan<byte> enriched))
            {
                AddSteps(enriched, series, from, to < 0 ? Grid.Count : to);
            }

            from = to;
        }
    }

    private void AddSteps(ReadOnlySpan<byte> labels, EvaluatedSeries series, int from, int to)
    {
        if (!_results.TryGet(labels, out EvaluatedSeries? result))
        {
            result = EvaluatedSeries.Rent(Context.Columns, Grid.Count);
            result.Labels.Set(labels);
            _results.Add(labels, result);
        }

        result.DropsName = series.DropsName;
        PresenceBitmap presence = series.Column.Presence;
        for (int step = presence.NextSet(from); step >= 0 && step < to; step = presence.NextSet(step + 1))
        {
            if (result.Column.Presence[step])
            {
                SeriesConflict.Throw();
            }

            result.Column.Set(step, series.Column.Values[step]);
        }
    }
}

using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A binary operator between two vectors: the series of the "many" side stream past a table of the "one" side.</summary>
/// <remarks>
/// Prometheus matches step by step, so a key may have several series on the "one" side, as long as no two have a value at one step; a result
/// then comes in parts. One-to-one matching takes the left side as "many" and refuses a second match of a key at a step.
/// </remarks>
internal sealed class VectorMatchOperator : VectorOperator
{
    private readonly VectorOperator _many;
    private readonly OneSide _one;
    private readonly MatchRule _rule;
    private readonly MatchCombiner _combiner;
    private readonly MatchFill? _fill;
    private readonly EvaluatedSeries _current;
    private readonly LabelBuffer _key = new();
    private List<EvaluatedSeries> _partners = [];
    private int _nextPartner;
    private bool _isManyDone;

    /// <summary>Creates the operator.</summary>
    /// <param name="context">The query.</param>
    /// <param name="many">The side that streams: the left one, except with <c>group_right</c>. Owned.</param>
    /// <param name="one">The side that is held in memory. Owned.</param>
    /// <param name="rule">How they match.</param>
    /// <param name="combiner">What is made of a match.</param>
    /// <param name="fill">What stands for missing series; null when nothing does.</param>
    public VectorMatchOperator(
        QueryContext context, VectorOperator many, OneSide one, MatchRule rule, MatchCombiner combiner, MatchFill? fill)
        : base(context, many.Grid)
    {
        _many = many;
        _one = one;
        _rule = rule;
        _combiner = combiner;
        _fill = fill;
        _current = EvaluatedSeries.Rent(context.Columns, Grid.Count);
    }

    /// <inheritdoc/>
    public override bool MayRepeatLabels => true;

    /// <inheritdoc/>
    public override bool MoveNext(EvaluatedSeries series)
    {
        while (true)
        {
            while (_nextPartner < _partners.Count)
            {
                if (TryCombine(_partners[_nextPartner++], series))
                {
                    return true;
                }
            }

            if (_fill is not null && _fill.TryFillOne(_current, _partners, _key.Span, series))
            {
                return true;
            }

            _one.Load();
            if (_isManyDone || !_many.MoveNext(_current))
            {
                _isManyDone = true;
                return _fill is not null && _fill.TryFillMany(_one, series);
            }

            _rule.WriteKey(_current.Labels.Span, _key);
            _partners = _one.PartnersOf(_key.Span, _current.Column.Presence);
            _nextPartner = 0;
            _fill?.Note(_current);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _many.Dispose();
        _one.Dispose();
        _fill?.Dispose();
        _current.Return(Context.Columns);
    }

    private bool TryCombine(EvaluatedSeries partner, EvaluatedSeries result)
    {
        PresenceBitmap presence = result.Column.Presence;
        _current.Column.Presence.Words.CopyTo(presence.Words);
        presence.IntersectWith(partner.Column.Presence);
        if (presence.IsEmpty)
        {
            return false;
        }

        _combiner.Combine(new MatchedSeries(_current), new MatchedSeries(partner), result);
        return true;
    }
}

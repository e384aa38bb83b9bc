using Tsdb.Query.Errors;
using Tsdb.Query.Functions;
using Tsdb.Query.Planning;
using Tsdb.Query.Syntax.Tree;

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
    private readonly BinaryKernel _kernel;
    private readonly bool _dropsName;
    private readonly EvaluatedSeries _current;
    private readonly LabelBuffer _key = new();
    private readonly LabelTable<ulong[]> _results = new(); // at which steps each result has a value, to refuse a second one
    private List<EvaluatedSeries> _partners = [];
    private int _nextPartner;

    /// <summary>Creates the operator; it owns both operands.</summary>
    public VectorMatchOperator(
        QueryContext context, VectorOperator left, VectorOperator right, MatchRule rule, BinaryKernel kernel, bool dropsName)
        : base(context, left.Grid)
    {
        _many = rule.IsOneLeft ? right : left;
        _one = new OneSide(context, rule.IsOneLeft ? left : right, rule);
        _rule = rule;
        _kernel = kernel;
        _dropsName = dropsName;
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

            _one.Load();
            if (!_many.MoveNext(_current))
            {
                return false;
            }

            _rule.WriteKey(_current.Labels.Span, _key);
            _partners = _one.PartnersOf(_key.Span, _current.Column.Presence);
            _nextPartner = 0;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _many.Dispose();
        _one.Dispose();
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

        // Before the operator, which may be a filter: an ambiguous match is one also where the filter hides it.
        _rule.WriteResult(_current.Labels.Span, partner.Labels.Span, result.Labels);
        RefuseSecondMatch(result);
        SeriesColumn left = _rule.IsOneLeft ? partner.Column : _current.Column;
        SeriesColumn right = _rule.IsOneLeft ? _current.Column : partner.Column;
        _kernel.Apply(left.Values, right.Values, result.Column.Values, presence);
        result.DropsName = _dropsName || _current.DropsName;
        return true;
    }

    private void RefuseSecondMatch(EvaluatedSeries result)
    {
        bool isOneToOne = _rule.Cardinality == MatchCardinality.OneToOne;
        if (!isOneToOne && !_rule.IncludesLabels)
        {
            return; // results keep the labels of the "many" side, which are unique already
        }

        ReadOnlySpan<byte> identity = isOneToOne ? _key.Span : result.Labels.Span;
        if (!_results.TryGet(identity, out ulong[]? words))
        {
            words = new ulong[PresenceBitmap.WordCount(Grid.Count)];
            _results.Add(identity, words);
        }

        var seen = new PresenceBitmap(words, Grid.Count);
        if (seen.Overlaps(result.Column.Presence))
        {
            throw new QueryExecutionException(isOneToOne
                ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
                : "multiple matches for labels: grouping labels must ensure unique matches");
        }

        seen.UnionWith(result.Column.Presence);
    }
}

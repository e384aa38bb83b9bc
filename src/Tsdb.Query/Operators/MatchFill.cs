using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>The modifiers <c>fill</c>, <c>fill_left</c> and <c>fill_right</c>: a constant stands for a missing series, under the labels matched on.</summary>
internal sealed class MatchFill : IDisposable
{
    private readonly QueryContext _context;
    private readonly MatchRule _rule;
    private readonly MatchCombiner _combiner;
    private readonly PresenceTable _manySteps;
    private readonly SeriesColumn? _manyValue;
    private readonly SeriesColumn? _oneValue;
    private readonly LabelBuffer _key = new();
    private bool _hasUnfilled; // the current series of the "many" side may have steps without a partner
    private int _nextOfOne;

    /// <summary>Creates the part of a match.</summary>
    /// <param name="context">The query.</param>
    /// <param name="rule">How series match.</param>
    /// <param name="combiner">What is made of a match.</param>
    /// <param name="steps">How many steps the grid has.</param>
    /// <param name="many">What stands for a missing series of the "many" side; null for nothing.</param>
    /// <param name="one">What stands for a missing series of the "one" side; null for nothing.</param>
    public MatchFill(QueryContext context, MatchRule rule, MatchCombiner combiner, int steps, double? many, double? one)
    {
        _context = context;
        _rule = rule;
        _combiner = combiner;
        _manySteps = new PresenceTable(context, rule, steps);
        _manyValue = ColumnOf(many, steps);
        _oneValue = ColumnOf(one, steps);
    }

    /// <summary>Remembers at which steps a series of the "many" side has a value.</summary>
    public void Note(EvaluatedSeries many)
    {
        _hasUnfilled = true;
        if (_manyValue is not null)
        {
            _manySteps.Add(many);
        }
    }

    /// <summary>Combines the current series of the "many" side with the constant, at the steps where it has no partner.</summary>
    public bool TryFillOne(EvaluatedSeries many, List<EvaluatedSeries> partners, ReadOnlySpan<byte> key, EvaluatedSeries result)
    {
        if (_oneValue is null || !_hasUnfilled)
        {
            return false;
        }

        _hasUnfilled = false;
        PresenceBitmap presence = result.Column.Presence;
        many.Column.Presence.Words.CopyTo(presence.Words);
        foreach (EvaluatedSeries partner in partners)
        {
            presence.ExceptWith(partner.Column.Presence);
        }

        if (presence.IsEmpty)
        {
            return false;
        }

        _combiner.Combine(new MatchedSeries(many), new MatchedSeries(key, _oneValue.Values), result);
        return true;
    }

    /// <summary>Combines the next series of the "one" side with the constant, at the steps where the other side had no series for it.</summary>
    public bool TryFillMany(OneSide one, EvaluatedSeries result)
    {
        if (_manyValue is null)
        {
            return false;
        }

        while (_nextOfOne < one.Series.Count)
        {
            EvaluatedSeries series = one.Series[_nextOfOne++];
            result.CopyFrom(series);
            _manySteps.Subtract(result);
            if (!result.Column.Presence.IsEmpty)
            {
                _rule.WriteKey(series.Labels.Span, _key);
                _combiner.Combine(new MatchedSeries(_key.Span, _manyValue.Values), new MatchedSeries(series), result);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SeriesColumn? column in new[] { _manyValue, _oneValue })
        {
            if (column is not null)
            {
                _context.Columns.Return(column);
            }
        }
    }

    private SeriesColumn? ColumnOf(double? value, int steps)
    {
        if (value is null)
        {
            return null;
        }

        SeriesColumn column = _context.Columns.Rent(steps);
        column.Values.Fill(value.Value);
        return column;
    }
}

using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>At which steps each matching key has a value: all that set operators need to know of a side.</summary>
internal sealed class PresenceTable
{
    private readonly QueryContext _context;
    private readonly MatchRule _rule;
    private readonly int _steps;
    private readonly LabelTable<ulong[]> _words = new();
    private readonly LabelBuffer _key = new();

    /// <summary>Creates an empty table.</summary>
    public PresenceTable(QueryContext context, MatchRule rule, int steps)
    {
        _context = context;
        _rule = rule;
        _steps = steps;
    }

    /// <summary>Adds the steps of a series.</summary>
    public void Add(EvaluatedSeries series)
    {
        _rule.WriteKey(series.Labels.Span, _key);
        if (!_words.TryGet(_key.Span, out ulong[]? words))
        {
            words = new ulong[PresenceBitmap.WordCount(_steps)];
            _words.Add(_key.Span, words);
        }

        new PresenceBitmap(words, _steps).UnionWith(series.Column.Presence);
    }

    /// <summary>Adds every series of an operator.</summary>
    public void AddAll(VectorOperator input)
    {
        var scratch = EvaluatedSeries.Rent(_context.Columns, _steps);
        while (input.MoveNext(scratch))
        {
            Add(scratch);
        }

        scratch.Return(_context.Columns);
    }

    /// <summary>Takes from a series the steps its key has here.</summary>
    public void Subtract(EvaluatedSeries series)
    {
        _rule.WriteKey(series.Labels.Span, _key);
        if (_words.TryGet(_key.Span, out ulong[]? words))
        {
            series.Column.Presence.ExceptWith(new PresenceBitmap(words, _steps));
        }
    }

    /// <summary>Leaves to a series only the steps its key has here.</summary>
    public void Intersect(EvaluatedSeries series)
    {
        _rule.WriteKey(series.Labels.Span, _key);
        if (_words.TryGet(_key.Span, out ulong[]? words))
        {
            series.Column.Presence.IntersectWith(new PresenceBitmap(words, _steps));
        }
        else
        {
            series.Column.Presence.Clear();
        }
    }
}

using Tsdb.Query.Errors;
using Tsdb.Query.Planning;
using Tsdb.Query.Results;

namespace Tsdb.Query.Operators;

/// <summary>The "one" side of vector matching, held in memory by matching key.</summary>
internal sealed class OneSide : IDisposable
{
    private readonly QueryContext _context;
    private readonly VectorOperator _input;
    private readonly MatchRule _rule;
    private readonly LabelTable<List<EvaluatedSeries>> _partners = new();
    private readonly List<EvaluatedSeries> _series = [];
    private readonly SeriesColumn _conflicts; // steps at which two series share a key: an error as soon as the other side has a value there
    private string _conflict = "";
    private bool _isLoaded;

    /// <summary>Prepares to hold an input, which it owns.</summary>
    public OneSide(QueryContext context, VectorOperator input, MatchRule rule)
    {
        _context = context;
        _input = input;
        _rule = rule;
        _conflicts = context.Columns.Rent(input.Grid.Count);
    }

    /// <summary>All series of this side, once loaded.</summary>
    public IReadOnlyList<EvaluatedSeries> Series => _series;

    /// <summary>Reads the input, the first time it is called.</summary>
    public void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        _isLoaded = true;
        var scratch = EvaluatedSeries.Rent(_context.Columns, _input.Grid.Count);
        var key = new LabelBuffer();
        while (_input.MoveNext(scratch))
        {
            if (scratch.Column.Presence.IsEmpty)
            {
                continue;
            }

            _rule.WriteKey(scratch.Labels.Span, key);
            if (!_partners.TryGet(key.Span, out List<EvaluatedSeries>? partners))
            {
                partners = [];
                _partners.Add(key.Span, partners);
            }

            NoteConflicts(partners, scratch, key.Span);
            EvaluatedSeries series = scratch.Clone(_context.Columns);
            partners.Add(series);
            _series.Add(series);
        }

        scratch.Return(_context.Columns);
    }

    /// <summary>The series with a key.</summary>
    /// <param name="key">The labels both sides share.</param>
    /// <param name="manySteps">The steps at which the "many" side's series has a value.</param>
    /// <exception cref="QueryExecutionException">Two series of this side share some key at one of the steps.</exception>
    public List<EvaluatedSeries> PartnersOf(ReadOnlySpan<byte> key, PresenceBitmap manySteps)
    {
        if (_conflict.Length > 0 && _conflicts.Presence.Overlaps(manySteps))
        {
            throw new QueryExecutionException(_conflict);
        }

        return _partners.TryGet(key, out List<EvaluatedSeries>? partners) ? partners : [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _series.ForEach(series => series.Return(_context.Columns));
        _context.Columns.Return(_conflicts);
    }

    private void NoteConflicts(List<EvaluatedSeries> partners, EvaluatedSeries added, ReadOnlySpan<byte> key)
    {
        foreach (EvaluatedSeries partner in partners)
        {
            if (!partner.Column.Presence.Overlaps(added.Column.Presence))
            {
                continue;
            }

            if (_conflict.Length == 0)
            {
                _conflict = DescribeConflict(key, added, partner);
            }

            SeriesColumn both = _context.Columns.Rent(_conflicts.Steps);
            both.Presence.UnionWith(partner.Column.Presence);
            both.Presence.IntersectWith(added.Column.Presence);
            _conflicts.Presence.UnionWith(both.Presence);
            _context.Columns.Return(both);
        }
    }

    private string DescribeConflict(ReadOnlySpan<byte> key, EvaluatedSeries added, EvaluatedSeries partner) =>
        $"found duplicate series for the match group {LabelText.Of(key)} on the {(_rule.IsOneLeft ? "left" : "right")} " +
        $"hand-side of the operation: [{LabelText.Of(added.Labels.Span)}, {LabelText.Of(partner.Labels.Span)}]" +
        ";many-to-many matching not allowed: matching labels must be unique on one side";
}

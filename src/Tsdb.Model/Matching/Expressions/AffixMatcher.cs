namespace Tsdb.Model.Matching.Expressions;

/// <summary>Matches a literal with anything around it: <c>web.*</c>, <c>.+\.example</c>, <c>.*error.*</c>, <c>.*</c>, <c>.+</c>.</summary>
internal sealed class AffixMatcher : ValueMatcher
{
    private readonly byte[] _literal;
    private readonly int? _before; // the fewest bytes before the literal; null when nothing may be there
    private readonly int? _after;

    private AffixMatcher(byte[] literal, int? before, int? after)
    {
        _literal = literal;
        _before = before;
        _after = after;
    }

    /// <summary>Makes a matcher if the expression, flat and without anchors, is of this kind; null otherwise.</summary>
    public static AffixMatcher? TryCreate(RegexNode node)
    {
        IReadOnlyList<RegexNode> parts = node is RegexConcatenation concatenation ? concatenation.Parts : [node];
        int? before = parts.Count > 0 ? FewestOfAnything(parts[0]) : null;
        int start = before is null ? 0 : 1;
        int? after = parts.Count > start ? FewestOfAnything(parts[^1]) : null;
        int end = after is null ? parts.Count : parts.Count - 1;
        var literal = new RegexConcatenation([.. parts.Take(end).Skip(start)]);
        bool isLiteral = literal.Parts.All(part => part is RegexCharacter { Set.Count: 1 });

        // Without a literal between them two characters cannot be told from one of two bytes.
        bool countsCharacters = literal.Parts.Count == 0 && before + after > 1;
        return isLiteral && !countsCharacters ? new AffixMatcher(RegexLiterals.PrefixOf(literal), before, after) : null;
    }

    /// <summary>True when every value matches.</summary>
    public bool MatchesEverything => _literal.Length == 0 && (_before ?? _after) is not null && (_before ?? 0) + (_after ?? 0) == 0;

    /// <inheritdoc/>
    public override bool IsMatch(ReadOnlySpan<byte> value)
    {
        int before = _before ?? 0;
        int after = _after ?? 0;
        if (value.Length < before + _literal.Length + after)
        {
            return false;
        }

        // UTF-8 is self-synchronizing: a literal found after at least one byte is found after at least one whole character.
        return (_before, _after) switch
        {
            (null, null) => value.SequenceEqual(_literal),
            (null, _) => value.StartsWith(_literal),
            (_, null) => value.EndsWith(_literal),
            _ => value[before..^after].IndexOf(_literal) >= 0,
        };
    }

    private static int? FewestOfAnything(RegexNode node) =>
        node is RegexRepetition { Part: RegexCharacter { Set.IsAll: true }, Min: <= 1, Max: null } repetition ? repetition.Min : null;
}

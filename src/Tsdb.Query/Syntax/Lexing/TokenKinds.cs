using System.Collections.Frozen;
using Tsdb.Query.Syntax.Text;

namespace Tsdb.Query.Syntax.Lexing;

/// <summary>The keywords, and what kinds of tokens are called in error messages.</summary>
internal static class TokenKinds
{
    private static readonly FrozenDictionary<string, TokenKind> Keywords = new Dictionary<string, TokenKind>
    {
        ["and"] = TokenKind.And,
        ["or"] = TokenKind.Or,
        ["unless"] = TokenKind.Unless,
        ["atan2"] = TokenKind.Atan2,
        ["sum"] = TokenKind.Sum,
        ["avg"] = TokenKind.Avg,
        ["count"] = TokenKind.Count,
        ["min"] = TokenKind.Min,
        ["max"] = TokenKind.Max,
        ["group"] = TokenKind.Group,
        ["stddev"] = TokenKind.StdDev,
        ["stdvar"] = TokenKind.StdVar,
        ["topk"] = TokenKind.TopK,
        ["bottomk"] = TokenKind.BottomK,
        ["count_values"] = TokenKind.CountValues,
        ["quantile"] = TokenKind.Quantile,
        ["limitk"] = TokenKind.LimitK,
        ["limit_ratio"] = TokenKind.LimitRatio,
        ["bool"] = TokenKind.Bool,
        ["by"] = TokenKind.By,
        ["without"] = TokenKind.Without,
        ["on"] = TokenKind.On,
        ["ignoring"] = TokenKind.Ignoring,
        ["group_left"] = TokenKind.GroupLeft,
        ["group_right"] = TokenKind.GroupRight,
        ["fill"] = TokenKind.Fill,
        ["fill_left"] = TokenKind.FillLeft,
        ["fill_right"] = TokenKind.FillRight,
        ["offset"] = TokenKind.Offset,
        ["anchored"] = TokenKind.Anchored,
        ["smoothed"] = TokenKind.Smoothed,
        ["start"] = TokenKind.Start,
        ["end"] = TokenKind.End,
        ["step"] = TokenKind.Step,
        ["range"] = TokenKind.Range,
        ["min_of"] = TokenKind.MinOf,
        ["max_of"] = TokenKind.MaxOf,
        ["inf"] = TokenKind.Number,
        ["nan"] = TokenKind.Number,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TokenKind>.AlternateLookup<ReadOnlySpan<char>> KeywordsBySpan =
        Keywords.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The kind of a word outside braces; keywords are recognised in any case of letters.</summary>
    public static TokenKind OfWord(ReadOnlySpan<char> word) =>
        KeywordsBySpan.TryGetValue(word, out TokenKind keyword) ? keyword
        : word.Contains(':') ? TokenKind.MetricIdentifier
        : TokenKind.Identifier;

    /// <summary>True for what can be repeated without brackets and makes the tree one level higher each time: operators, signs and ranges.</summary>
    public static bool MakesTreeHigher(TokenKind kind) => kind is >= TokenKind.Add and <= TokenKind.Atan2 or TokenKind.LeftBracket;

    /// <summary>What an error message calls a token, in Prometheus' words.</summary>
    public static string Describe(Token token) => token.Kind switch
    {
        TokenKind.EndOfInput => "end of input",
        TokenKind.Identifier => $"identifier {QuotedText.Quote(token.Text)}",
        TokenKind.MetricIdentifier => $"metric identifier {QuotedText.Quote(token.Text)}",
        TokenKind.Number => $"number {Shortened(token.Text)}",
        TokenKind.Duration => $"duration {Shortened(token.Text)}",
        TokenKind.String => $"string {Shortened(token.Text)}",
        >= TokenKind.Add and <= TokenKind.At => $"<op:{token.Text}>",
        >= TokenKind.Sum and <= TokenKind.LimitRatio => $"<aggr:{token.Text}>",
        >= TokenKind.Bool and <= TokenKind.Smoothed => $"<{token.Text}>",
        _ => QuotedText.Quote(token.Text),
    };

    private static string Shortened(ReadOnlySpan<char> text)
    {
        const int MostCharacters = 10;
        return text.Length > MostCharacters ? QuotedText.Quote(text[..MostCharacters]) + "..." : QuotedText.Quote(text);
    }
}

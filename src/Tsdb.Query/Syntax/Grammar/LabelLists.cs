using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The rules of label lists.</summary>
internal static class LabelLists
{
    private const string Context = "grouping opts";

    /// <summary>A label's name; quoted it may be any text.</summary>
    public static readonly Parser<string> Name = (
        from token in Terminals.Token([TokenKind.String, .. Names.Labels])
        select NameOf(token)).Within(Context, "label").Named("label");

    private static readonly Parser<(IReadOnlyList<string> Items, Token End)> NamesAndEnd =
        Name.ListUntil(Terminals.Comma, Terminals.RightParen, Context, "\",\" or \")\"");

    /// <summary>Labels in parentheses; the list may end with a comma.</summary>
    public static readonly Parser<LabelList> Labels = (
        from open in Terminals.LeftParen.Within(Context, "\"(\"")
        from list in NamesAndEnd
        select new LabelList([.. list.Items], open.Span.Through(list.End.Span))).Named("labels in parentheses");

    private static string NameOf(Token token)
    {
        string name = token.Kind == TokenKind.String ? StringText.Unquote(token.Text) : token.Text.ToString();
        return name.Length > 0 ? name : throw token.Error($"invalid label name for grouping: {QuotedText.Quote(name)}");
    }
}

using Sprache;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;
using MatchType = Tsdb.Model.Matching.MatchType; // System.IO has one too

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Selectors of series, without modifiers.</summary>
internal static class Selectors
{
    private const string Context = "label matching";

    private static readonly Parser<Token> MatchOperator = Terminals
        .Token(TokenKind.Equal, TokenKind.NotEqual, TokenKind.MatchRegex, TokenKind.NotMatchRegex);

    private static readonly Parser<Token> ExpectedMatchOperator = MatchOperator.Within(Context, "label matching operator");

    private static readonly Parser<Token> Value = Literals.Quoted.Within(Context, "string");

    /// <summary><c>label="value"</c>.</summary>
    public static readonly Parser<LabelMatcher> NamedMatcher = (
        from name in Terminals.Token(TokenKind.Identifier)
        from op in ExpectedMatchOperator
        from value in Value
        select Matcher(name, name.Text.ToString(), op, value)).Named("label matcher", TokenKind.Identifier);

    private static readonly Parser<IOption<(Token Operator, Token Value)>> OptionalCondition = (
        from op in MatchOperator
        from value in Value
        select (op, value)).XOptional();

    /// <summary><c>"label"="value"</c>, or the metric name in quotes.</summary>
    public static readonly Parser<LabelMatcher> QuotedMatcher = (
        from name in Literals.Quoted
        from condition in OptionalCondition
        select condition.IsDefined
            ? Matcher(name, StringText.Unquote(name.Text), condition.Get().Operator, condition.Get().Value)
            : new LabelMatcher(MatchType.Equal, LabelNames.MetricName, StringText.Unquote(name.Text))).Named("label matcher", TokenKind.String);

    /// <summary>One condition inside the braces.</summary>
    public static readonly Parser<LabelMatcher> LabelMatcher = Combinators.FirstOf(NamedMatcher, QuotedMatcher)
        .Within(Context, "identifier or \"}\"").Named("label matcher");

    private static readonly Parser<(IReadOnlyList<LabelMatcher> Items, Token End)> MatchersAndEnd =
        LabelMatcher.ListUntil(Terminals.Comma, Terminals.Token(TokenKind.RightBrace), Context, "\",\" or \"}\"");

    /// <summary>The braces with their conditions; a comma may end the list.</summary>
    public static readonly Parser<VectorSelector> Braces = (
        from open in Terminals.Token(TokenKind.LeftBrace)
        from list in MatchersAndEnd
        select new VectorSelector(open.Span.Through(list.End.Span), null, [.. list.Items])).Named("label matchers", TokenKind.LeftBrace);

    /// <summary>What follows a metric name: the braces, which may be missing.</summary>
    public static readonly Parser<Func<Token, Expression>> AfterName =
        Braces.XOptional().Select<IOption<VectorSelector>, Func<Token, Expression>>(
            braces => name => WithName(name, braces.GetOrElse(new VectorSelector(name.Span, null, []))));

    private static VectorSelector WithName(Token name, VectorSelector braces)
    {
        string metric = name.Text.ToString();
        return new VectorSelector(
            name.Span.Through(braces.Span), metric, braces.Matchers.Add(new LabelMatcher(MatchType.Equal, LabelNames.MetricName, metric)));
    }

    private static LabelMatcher Matcher(Token label, string name, Token op, Token value)
    {
        MatchType type = op.Kind switch
        {
            TokenKind.Equal => MatchType.Equal,
            TokenKind.NotEqual => MatchType.NotEqual,
            TokenKind.MatchRegex => MatchType.Matches,
            _ => MatchType.NotMatches,
        };
        try
        {
            return new LabelMatcher(type, name, StringText.Unquote(value.Text));
        }
        catch (ArgumentException e)
        {
            throw new QuerySyntaxException(value.Source, label.Span.Through(value.Span), e.Message);
        }
    }
}

using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>The modifiers of a binary operator: each sets its part of a <see cref="VectorMatching"/>.</summary>
internal static class MatchingRules
{
    private static readonly Parser<IOption<LabelList>> OptionalLabels = LabelLists.Labels.XOptional();

    /// <summary><c>group_left</c> or <c>group_right</c>, with or without labels.</summary>
    public static readonly Parser<MatchingPart> Group = (
        from keyword in Terminals.Token(TokenKind.GroupLeft, TokenKind.GroupRight)
        from labels in OptionalLabels
        select new MatchingPart(
            labels.IsDefined ? labels.Get().Span.End : keyword.End,
            matching => matching with
            {
                Cardinality = keyword.Kind == TokenKind.GroupLeft ? MatchCardinality.ManyToOne : MatchCardinality.OneToMany,
                Include = labels.IsDefined ? labels.Get().Names : [],
            })).Named("group_left or group_right", TokenKind.GroupLeft, TokenKind.GroupRight);

    private static readonly Parser<IOption<MatchingPart>> OptionalGroup = Group.XOptional();

    /// <summary><c>on (...)</c> or <c>ignoring (...)</c>, after which a group may follow.</summary>
    public static readonly Parser<MatchingPart> OnOrIgnoring = (
        from keyword in Terminals.Token(TokenKind.On, TokenKind.Ignoring)
        from labels in LabelLists.Labels
        from grouped in OptionalGroup
        select new MatchingPart(labels.Span.End, matching => matching with { On = keyword.Kind == TokenKind.On, Labels = labels.Names })
            .Then(grouped.GetOrDefault())).Named("on or ignoring", TokenKind.On, TokenKind.Ignoring);

    /// <summary><c>fill (0)</c>, <c>fill_left (0)</c> or <c>fill_right (0)</c>.</summary>
    public static readonly Parser<MatchingPart> Fill = (
        from keyword in Terminals.Token(TokenKind.Fill, TokenKind.FillLeft, TokenKind.FillRight)
        from open in Terminals.LeftParen
        from value in Signs.SignedValue
        from close in Terminals.RightParen
        select new MatchingPart(close.End, matching => matching with
        {
            FillLeft = keyword.Kind == TokenKind.FillRight ? matching.FillLeft : value.Value,
            FillRight = keyword.Kind == TokenKind.FillLeft ? matching.FillRight : value.Value,
        })).Named("fill", TokenKind.Fill, TokenKind.FillLeft, TokenKind.FillRight);

    private static readonly Parser<IReadOnlyList<MatchingPart>> Fills = Fill.Repeated();

    /// <summary>All modifiers but <c>bool</c>; null when there is none.</summary>
    public static readonly Parser<MatchingPart?> Any = (
        from labels in OnOrIgnoring.XOptional()
        from fills in Fills
        select fills.Aggregate(labels.GetOrDefault(), static (before, fill) => before is null ? fill : before.Then(fill))).Named("vector matching");
}

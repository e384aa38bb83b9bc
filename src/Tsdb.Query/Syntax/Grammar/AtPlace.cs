using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>What stands behind an <c>@</c>.</summary>
/// <param name="Point">What the selector is pinned to.</param>
/// <param name="Seconds">The timestamp when it is written out; zero otherwise.</param>
/// <param name="End">Index behind its last code unit.</param>
internal readonly record struct AtPlace(AtPoint Point, double Seconds, int End)
{
    /// <summary>A number of seconds since the Unix epoch, <c>start()</c> or <c>end()</c>.</summary>
    public static readonly Parser<AtPlace> Rule = Signs.SignedValue.Select(number => new AtPlace(AtPoint.Timestamp, number.Value, number.End))
        .XOr(
            from name in Terminals.Token(TokenKind.Start, TokenKind.End)
            from open in Terminals.LeftParen
            from close in Terminals.RightParen
            select new AtPlace(name.Kind == TokenKind.Start ? AtPoint.Start : AtPoint.End, 0, close.End))
        .Within("@", "timestamp")
        .Named("timestamp");
}

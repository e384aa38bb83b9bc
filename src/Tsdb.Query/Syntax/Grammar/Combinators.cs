using System.Runtime.CompilerServices;
using Sprache;
using Tsdb.Query.Syntax.Lexing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>What Sprache's combinators lack for a grammar in which the first token of an alternative commits to it.</summary>
internal static class Combinators
{
    /// <summary>Gives a rule its name and says, where it can be said, which tokens can begin it.</summary>
    /// <remarks>
    /// Knowing the first token makes failing cheap, and a rule fails far more often than it fits: behind each operand every modifier and
    /// operator is tried. Sprache's method of this name allocates even when the rule fits.
    /// </remarks>
    public static Parser<T> Named<T>(this Parser<T> parser, string name, params ReadOnlySpan<TokenKind> first)
    {
        string[] expectations = [name];
        bool[]? begins = first.Length == 0 ? null : Terminals.Table(first);
        return input =>
        {
            var place = (QueryInput)input;
            if (begins is not null && !begins[(int)place.Token.Kind])
            {
                place.Fail();
                return Result.Failure<T>(place, Terminals.Unexpected, expectations);
            }

            IResult<T> result = parser(input);
            return result.WasSuccessful || !result.Remainder.Equals(input)
                ? result
                : Result.Failure<T>(place, Terminals.Unexpected, expectations);
        };
    }

    /// <summary>Says, in Prometheus' words, what was being read and what should have stood there when <paramref name="parser"/> fails.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="context">What was being read: "label matching".</param>
    /// <param name="expected">What may stand there: "identifier or \"}\"".</param>
    public static Parser<T> Within<T>(this Parser<T> parser, string context, string expected)
    {
        string explanation = $" in {context}, expected {expected}";
        return input =>
        {
            IResult<T> result = parser(input);
            if (!result.WasSuccessful)
                ((QueryInput)input).Explain(explanation);
            return result;
        };
    }

    /// <summary>Any number of <paramref name="parser"/>; fails where one that has begun cannot be finished.</summary>
    /// <remarks>Sprache's XMany does the same but parses the failing one twice, which doubles with each level of nesting.</remarks>
    public static Parser<IReadOnlyList<T>> Repeated<T>(this Parser<T> parser) => input =>
    {
        List<T>? found = null;
        IInput rest = input;
        while (true)
        {
            IResult<T> result = parser(rest);
            if (result.WasSuccessful)
            {
                (found ??= []).Add(result.Value);
                rest = result.Remainder;
            }
            else if (result.Remainder.Equals(rest))
            {
                return Result.Success<IReadOnlyList<T>>(found ?? (IReadOnlyList<T>)[], rest);
            }
            else
            {
                return Result.Failure<IReadOnlyList<T>>(result.Remainder, result.Message, result.Expectations);
            }
        }
    };

    /// <summary>The first of several alternatives that begins with the token at hand; it must then fit to its end.</summary>
    /// <remarks>A chain of Sprache's XOr does the same with a stack frame for each alternative, and the nesting of queries multiplies them.</remarks>
    public static Parser<T> FirstOf<T>(params Parser<T>[] alternatives) => input =>
    {
        IResult<T>? last = null;
        foreach (Parser<T> alternative in alternatives)
        {
            last = alternative(input);
            if (last.WasSuccessful || !last.Remainder.Equals(input))
                return last;
        }

        return last!;
    };

    /// <summary>A rule that is defined further down and may contain the rule at hand.</summary>
    /// <remarks>
    /// Like Sprache's Ref, but without its memory of results, as nothing is parsed twice here, and with a look at the stack:
    /// <see cref="SyntaxLimits.MaxNesting"/> bounds what is needed, but not what the calling thread has left.
    /// </remarks>
    public static Parser<T> Nested<T>(Func<Parser<T>> rule) => input =>
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw ((QueryInput)input).Token.Error("the query is nested too deeply for the stack that is left");
        return rule()(input);
    };

    /// <summary>Items between separators up to a closing token; a separator may stand before the closing token.</summary>
    /// <param name="item">One item.</param>
    /// <param name="separator">What stands between items.</param>
    /// <param name="end">The closing token.</param>
    /// <param name="context">What is being read, for the error message.</param>
    /// <param name="afterItem">What may follow an item, for the error message.</param>
    public static Parser<(IReadOnlyList<T> Items, TEnd End)> ListUntil<T, TSeparator, TEnd>(
        this Parser<T> item, Parser<TSeparator> separator, Parser<TEnd> end, string context, string afterItem)
    {
        Parser<bool> more = separator.Select(_ => true).XOr(Parse.Return(false));
        Parser<TEnd> endAfterItem = end.Within(context, afterItem);
        return input =>
        {
            var items = new List<T>();
            IResult<TEnd> closed = end(input);
            while (!closed.WasSuccessful)
            {
                IResult<T> next = item(closed.Remainder);
                if (!next.WasSuccessful)
                    return Result.Failure<(IReadOnlyList<T>, TEnd)>(next.Remainder, next.Message, next.Expectations);
                items.Add(next.Value);
                IResult<bool> separated = more(next.Remainder);
                closed = separated.Value ? end(separated.Remainder) : endAfterItem(separated.Remainder);
                if (!separated.Value && !closed.WasSuccessful)
                    return Result.Failure<(IReadOnlyList<T>, TEnd)>(closed.Remainder, closed.Message, closed.Expectations);
            }

            return Result.Success<(IReadOnlyList<T>, TEnd)>((items, closed.Value), closed.Remainder);
        };
    }

    /// <summary>Refuses what was parsed when <paramref name="findFault"/> finds something wrong with it.</summary>
    public static Parser<T> Checked<T>(this Parser<T> parser, Func<T, (TextSpan Span, string Reason)?> findFault) => input =>
    {
        IResult<T> result = parser(input);
        if (result.WasSuccessful && findFault(result.Value) is { } fault)
            throw new QuerySyntaxException(input.Source, fault.Span, fault.Reason);
        return result;
    };
}

using Tsdb.Model.Matching;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Tree;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>The parameter <c>match[]</c>: series selectors.</summary>
internal static class SelectorParameter
{
    private const string Name = "match[]";

    /// <summary>Reads a request's selectors, each as its matchers; empty when it has none.</summary>
    /// <exception cref="RequestException">One is no selector, or would select everything.</exception>
    public static IReadOnlyList<IReadOnlyList<LabelMatcher>> Read(RequestParameters parameters) => [.. parameters.All(Name).Select(Parse)];

    /// <summary>Reads a request's selectors, of which there must be at least one.</summary>
    /// <exception cref="RequestException">There is none, one is no selector, or one would select everything.</exception>
    public static IReadOnlyList<IReadOnlyList<LabelMatcher>> ReadRequired(RequestParameters parameters) => Read(parameters) is { Count: > 0 } selectors
        ? selectors
        : throw new RequestException(StatusCodes.Status400BadRequest, "no match[] parameter provided");

    private static IReadOnlyList<LabelMatcher> Parse(string text)
    {
        try
        {
            if (PromQlParser.Parse(text) is not VectorSelector { Offset: null, At: null, Edges: RangeEdges.Plain } selector)
            {
                throw RequestException.InvalidParameter(Name, $"\"{text}\" is no series selector");
            }

            return selector.Matchers.All(matcher => matcher.MatchesEmpty)
                ? throw RequestException.InvalidParameter(Name, "match[] must contain at least one non-empty matcher")
                : selector.Matchers;
        }
        catch (QuerySyntaxException error)
        {
            throw RequestException.InvalidParameter(Name, error.Message);
        }
    }
}

using System.Collections.Concurrent;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>Parses and checks queries, and remembers the trees of recent ones: dashboards send the same texts again and again. Thread-safe.</summary>
/// <remarks>
/// Two generations bound the memory without a lock: when the younger is full it becomes the older, and what was only in the older is
/// forgotten. A query found in the older moves to the younger, so what is asked often stays.
/// </remarks>
public sealed class ParsedQueries
{
    private const int MaxRememberedLength = 4 << 10; // longer queries are rarely repeated, and their trees are large

    private readonly QueryFeatures _features;
    private readonly int _capacity;
    private volatile Generations _generations = new([], []);

    /// <summary>Creates an empty memory.</summary>
    /// <param name="features">Which parts of the language are on.</param>
    /// <param name="capacity">Most queries in a generation; up to twice as many are remembered. At least 1.</param>
    public ParsedQueries(QueryFeatures features, int capacity = 512)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _features = features;
        _capacity = capacity;
    }

    /// <summary>The number of queries remembered.</summary>
    internal int Count => _generations.Younger.Count + _generations.Older.Count;

    /// <summary>The tree of a query that parses and can be evaluated.</summary>
    /// <exception cref="QuerySyntaxException">It does not, or it cannot.</exception>
    public Expression Get(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Generations generations = _generations;
        if (generations.Younger.TryGetValue(query, out Expression? expression))
            return expression;
        if (!generations.Older.TryGetValue(query, out expression))
        {
            expression = PromQlParser.Parse(query);
            QueryAnalyzer.Check(query, expression, _features);
        }

        if (query.Length <= MaxRememberedLength)
            Remember(generations, query, expression);
        return expression;
    }

    private void Remember(Generations generations, string query, Expression expression)
    {
        if (generations.Younger.Count >= _capacity)
        {
            // When several threads find it full, the last one's generation stays; the others lose an entry, no more.
            generations = new Generations([], generations.Younger);
            _generations = generations;
        }

        generations.Younger.TryAdd(query, expression);
    }

    private sealed record Generations(ConcurrentDictionary<string, Expression> Younger, ConcurrentDictionary<string, Expression> Older);
}

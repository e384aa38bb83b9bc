using System.Text;
using Tsdb.Model.Errors;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax;

/// <summary>A query that is not valid PromQL, or that the analysis refuses. The message is a whole sentence for the user: <c>1:5: parse error: ...</c></summary>
public sealed class QuerySyntaxException : TsdbException
{
    /// <summary>Reports what is wrong with a piece of the query.</summary>
    /// <param name="query">The whole query text.</param>
    /// <param name="span">The piece that is wrong.</param>
    /// <param name="reason">What is wrong with it, without the position.</param>
    public QuerySyntaxException(string query, TextSpan span, string reason)
        : base(Describe(query, span.Start, reason, out int line, out int column))
    {
        Span = span;
        Reason = reason;
        Line = line;
        Column = column;
    }

    /// <summary>The piece of the query that is wrong, in UTF-16 code units.</summary>
    public TextSpan Span { get; }

    /// <summary>What is wrong, without the position.</summary>
    public string Reason { get; }

    /// <summary>The line of the wrong piece, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the wrong piece, from 1, in UTF-8 bytes.</summary>
    public int Column { get; }

    private static string Describe(string query, int start, string reason, out int line, out int column)
    {
        ReadOnlySpan<char> before = query.AsSpan(0, Math.Min(start, query.Length));
        line = before.Count('\n') + 1;
        column = Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]) + 1;
        return $"{line}:{column}: parse error: {reason}";
    }
}

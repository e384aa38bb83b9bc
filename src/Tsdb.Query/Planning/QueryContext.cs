using System.Globalization;
using System.Text;
using Tsdb.Model.Placement;
using Tsdb.Model.Reading;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Planning;

/// <summary>What all operators of one query share. Used by one thread.</summary>
internal sealed class QueryContext
{
    /// <summary>Where series are found.</summary>
    public required ISeriesSource Source { get; init; }

    /// <summary>Whose series.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The steps of the whole query, which <c>@ start()</c> and <c>@ end()</c> refer to.</summary>
    public required StepGrid QueryGrid { get; init; }

    /// <summary>The end that was asked for, in milliseconds; the last step may lie before it.</summary>
    public required long QueryEndMs { get; init; }

    /// <summary>How far back an instant selector looks for a sample, in milliseconds.</summary>
    public required long LookbackMs { get; init; }

    /// <summary>The step of a subquery that names none, in milliseconds.</summary>
    public required long DefaultSubqueryStepMs { get; init; }

    /// <summary>Stops the query: the caller's wish or the time limit.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What the query holds in memory.</summary>
    public required QueryBudget Budget { get; init; }

    /// <summary>Lends columns.</summary>
    public required ColumnPool Columns { get; init; }

    /// <summary>What the query has cost so far.</summary>
    public QueryStatistics Statistics { get; } = new();

    /// <summary>Warnings and infos raised so far.</summary>
    public AnnotationCollector Annotations { get; } = new();

    /// <summary>Which parts of the language are on.</summary>
    public required QueryFeatures Features { get; init; }

    /// <summary>True for a range query.</summary>
    public required bool IsRangeQuery { get; init; }

    /// <summary>The query as it was given, for naming positions in it.</summary>
    public required string QueryText { get; init; }

    /// <summary><c>step()</c>: the distance between steps in seconds; 0 in an instant query.</summary>
    public double StepSeconds => IsRangeQuery ? QueryGrid.StepMs / 1000.0 : 0;

    /// <summary><c>range()</c>: the time from start to end in seconds; 0 in an instant query.</summary>
    public double RangeSeconds => (QueryEndMs - QueryGrid.StartMs) / 1000.0;

    /// <summary>Where a piece of the query begins, as line and column in bytes, both from 1: "1:7".</summary>
    public string PositionOf(TextSpan span)
    {
        ReadOnlySpan<char> before = QueryText.AsSpan(0, Math.Min(span.Start, QueryText.Length));
        int lineStart = before.LastIndexOf('\n') + 1;
        int column = Encoding.UTF8.GetByteCount(before[lineStart..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{before.Count('\n') + 1}:{column}");
    }
}

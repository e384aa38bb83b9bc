using Tsdb.Model.Placement;

namespace Tsdb.Query;

/// <summary>What one request may say beside its query; what it leaves out is the engine's default.</summary>
public sealed record QueryParameters
{
    /// <summary>The parameters of a request that says nothing.</summary>
    public static QueryParameters Default { get; } = new();

    /// <summary>Whose series are queried.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>How far back an instant selector looks for a sample; null for <see cref="QueryEngineOptions.Lookback"/>.</summary>
    public TimeSpan? Lookback { get; init; }

    /// <summary>How long the query may run; never longer than <see cref="QueryEngineOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most series to return; 0 for all. More are left out and <see cref="Results.QueryResult.IsTruncated"/> is set.</summary>
    public int Limit { get; init; }
}

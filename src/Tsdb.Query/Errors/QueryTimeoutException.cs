using Tsdb.Model.Errors;

namespace Tsdb.Query.Errors;

/// <summary>A query took longer than it may.</summary>
public sealed class QueryTimeoutException : TsdbException
{
    /// <summary>Reports the limit that was exceeded.</summary>
    public QueryTimeoutException(TimeSpan timeout)
        : base($"query timed out in expression evaluation: it ran longer than {timeout.TotalSeconds:0.###} s (setting {nameof(QueryEngineOptions.Timeout)}).") =>
        Timeout = timeout;

    /// <summary>How long the query was allowed to run.</summary>
    public TimeSpan Timeout { get; }
}

using Tsdb.Model.Errors;

namespace Tsdb.Query.Errors;

/// <summary>A well-formed query cannot be evaluated over this data, such as when vector matching finds two partners; worded as Prometheus does.</summary>
public sealed class QueryExecutionException : TsdbException
{
    /// <summary>Says why, in Prometheus' words where it has some.</summary>
    public QueryExecutionException(string message)
        : base(message)
    {
    }
}

namespace Tsdb.Query.Results;

/// <summary>What a query gave. The names are those of the Prometheus HTTP API.</summary>
public enum QueryResultKind : byte
{
    /// <summary>One number at one time.</summary>
    Scalar,

    /// <summary>A text.</summary>
    String,

    /// <summary>Series with one point each, all at the query's time.</summary>
    Vector,

    /// <summary>Series with points on the query's steps, or, from an instant query for a range vector, with their raw samples.</summary>
    Matrix,
}

using Tsdb.Query;
using Tsdb.Storage;

namespace Tsdb.Embedded;

/// <summary>The parts of a database that exist while it is being opened: queries over what is in blocks already. Safe for concurrent use.</summary>
internal sealed class OpeningDatabase(TimeSeriesDatabaseOptions options)
{
    /// <summary>How far the opening is.</summary>
    public RecoveryView View { get; } = new();

    /// <summary>The query engine.</summary>
    public QueryEngine Queries => field ??= new QueryEngine(View.Series, options.Query, options.TimeProvider);
}

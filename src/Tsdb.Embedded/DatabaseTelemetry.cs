using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tsdb.Query.Results;

namespace Tsdb.Embedded;

/// <summary>The meter and the activity source of one database, both named <see cref="Name"/>. Disposed with the database. Safe for concurrent use.</summary>
internal sealed class DatabaseTelemetry : IDisposable
{
    /// <summary>The name listeners subscribe to.</summary>
    public const string Name = TimeSeriesDatabase.TelemetryName;

    private readonly ActivitySource _activities = new(Name);
    private readonly TimeProvider _time;
    private readonly Histogram<double> _querySeconds;

    /// <summary>Creates the instruments.</summary>
    public DatabaseTelemetry(TimeProvider time)
    {
        _time = time;
        _querySeconds = Meter.CreateHistogram<double>("query_duration", "s", "Time of evaluating a query, by kind and outcome.");
    }

    /// <summary>The meter, for the parts that have instruments of their own.</summary>
    public Meter Meter { get; } = new(Name);

    /// <summary>Evaluates a query, measured and traced.</summary>
    public QueryResult Measure(string kind, string query, Func<QueryResult> evaluate)
    {
        long start = _time.GetTimestamp();
        using Activity? activity = _activities.StartActivity(kind);
        activity?.SetTag("db.system.name", "tsdb").SetTag("db.query.text", query);
        string outcome = "failed";
        try
        {
            QueryResult result = evaluate();
            outcome = "ok";
            return result;
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
        finally
        {
            _querySeconds.Record(
                _time.GetElapsedTime(start).TotalSeconds,
                new KeyValuePair<string, object?>("kind", kind),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Meter.Dispose();
        _activities.Dispose();
    }
}

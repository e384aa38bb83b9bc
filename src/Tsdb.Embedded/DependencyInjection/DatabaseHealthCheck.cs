using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tsdb.Model.Errors;

namespace Tsdb.Embedded.DependencyInjection;

/// <summary>
/// Healthy while the database is open and its log can be synced; degraded, with the log's sentence, while it takes no writes for now (the disk is full):
/// queries are answered all the same. Unhealthy when it takes no writes until somebody restarts it, or is not open.
/// </summary>
internal sealed class DatabaseHealthCheck(TimeSeriesDatabase database) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!database.IsOpen)
        {
            return HealthCheckResult.Unhealthy("The database is not open.");
        }

        try
        {
            await database.SyncAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The database is open.");
        }
        catch (UnavailableException error)
        {
            return error.NeedsRestart ? HealthCheckResult.Unhealthy(error.Message, error) : HealthCheckResult.Degraded(error.Message, error);
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace Tsdb.Embedded.DependencyInjection;

/// <summary>Opens the database before the host's services start, and closes it after they stopped.</summary>
internal sealed class DatabaseLifetime(TimeSeriesDatabase database) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => database.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await database.DisposeAsync().ConfigureAwait(false);
}

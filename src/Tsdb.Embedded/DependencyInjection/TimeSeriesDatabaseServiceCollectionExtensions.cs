using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tsdb.Embedded;
using Tsdb.Embedded.DependencyInjection;

#pragma warning disable IDE0130 // extension methods of the container live in its namespace, where they are found without a using
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers a database in a host's container.</summary>
public static class TimeSeriesDatabaseServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="TimeSeriesDatabase"/> that the host opens before it starts its other services and closes after it stopped them, with a health
    /// check "tsdb". Logging and clock come from the container unless <paramref name="configure"/> sets them.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services, to go on with.</returns>
    public static IServiceCollection AddTimeSeriesDatabase(this IServiceCollection services, Action<TimeSeriesDatabaseOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(provider => new TimeSeriesDatabase(Options(provider, configure)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseLifetime>());
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("tsdb");
        return services;
    }

    private static TimeSeriesDatabaseOptions Options(IServiceProvider provider, Action<TimeSeriesDatabaseOptions> configure)
    {
        var options = new TimeSeriesDatabaseOptions
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            LoggerFactory = provider.GetRequiredService<ILoggerFactory>(),
        };
        configure(options);
        return options;
    }
}

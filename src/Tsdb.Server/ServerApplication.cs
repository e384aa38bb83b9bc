using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.ResponseCompression;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Scalar.AspNetCore;
using Tsdb.Embedded;
using Tsdb.Server.Configuration;
using Tsdb.Server.Endpoints;
using Tsdb.Server.Endpoints.Admin;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Endpoints.Read;
using Tsdb.Server.Endpoints.Write;
using Tsdb.Server.Transport;

namespace Tsdb.Server;

/// <summary>Puts the server together from its settings and runs it.</summary>
internal static class ServerApplication
{
    private static readonly Type[] Endpoints =
    [
        typeof(InfluxWriteEndpoint), typeof(RemoteWriteEndpoint), typeof(InfluxQueryEndpoint), typeof(PingEndpoint), typeof(HealthEndpoint),
        typeof(InstantQueryEndpoint), typeof(RangeQueryEndpoint), typeof(SeriesEndpoint), typeof(LabelNamesEndpoint), typeof(LabelValuesEndpoint),
        typeof(MetricMetadataEndpoint), typeof(BuildInfoEndpoint), typeof(EmptyEndpoints), typeof(CompactEndpoint), typeof(ProbeEndpoints), typeof(WebPageEndpoints),
    ];

    /// <summary>Runs the server until it is told to stop.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="configFile">A configuration file whose Logging section counts too; null for none.</param>
    /// <returns>The exit code: 0, or 1 when the server could not start.</returns>
    public static async Task<int> RunAsync(ServerOptions options, string? configFile)
    {
        await using WebApplication application = Build(options, configFile);
        try
        {
            await application.StartAsync();
            ServerLog.Listening(application.Logger, string.Join(", ", application.Urls), ProductVersion.Text);
            await application.WaitForShutdownAsync();
        }
        catch (OperationCanceledException) when (application.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to stop while it was still starting; what made it stop is told below.
        }
        catch (IOException error)
        {
            // Kestrel's sentence names the address.
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }

        if (application.Services.GetRequiredService<DatabaseHost>().Failure is not { } failure)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"The data folder {options.DataDirectory} cannot be opened: {failure.Message}");
        return 1;
    }

    /// <summary>Builds the server without starting it.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="configFile">A configuration file whose Logging section counts too; null for none.</param>
    /// <param name="adjust">Changes the services before they are fixed; for tests.</param>
    public static WebApplication Build(ServerOptions options, string? configFile = null, Action<IServiceCollection>? adjust = null)
    {
        // The folder of the program, not the current one, has the program's appsettings.json.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (configFile is not null)
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(configFile));
        }

        // What stops a start is said in one sentence, by RunAsync; the host would add its stack.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.AddTransport(options);
        AddServices(builder.Services, options);
        adjust?.Invoke(builder.Services);
        WebApplication application = builder.Build();
        UsePipeline(application);
        return application;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Http.ShutdownTimeout);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DatabaseHost>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseHost>());
        services.AddSingleton(provider => new QueryGate(options.Query, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LineProtocolReceiver>();
        services.AddSingleton<MessageDecoder>();
        foreach (Type endpoint in Endpoints)
        {
            services.AddSingleton(typeof(IEndpoint), endpoint);
        }

        services.AddResponseCompression(compression => compression.Providers.Add<GzipCompressionProvider>());
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddApiDocument();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("tsdb", serviceVersion: ProductVersion.Text, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddMeter(TimeSeriesDatabase.TelemetryName, "Tsdb.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddView(InstrumentBuckets)
                .AddPrometheusExporter());
    }

    // The exporter's own buckets are made for milliseconds; every duration here is in seconds.
    private static ExplicitBucketHistogramConfiguration? InstrumentBuckets(Instrument instrument) =>
        instrument.Unit == "s" && instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120] }
            : null;

    private static void UsePipeline(WebApplication application)
    {
        application.UseMiddleware<CorsMiddleware>();
        application.UseResponseCompression();
        application.UseRouting();
        application.UseMiddleware<ErrorMiddleware>();
        foreach (IEndpoint endpoint in application.Services.GetServices<IEndpoint>())
        {
            endpoint.Map(application);
        }

        application.MapOpenApi("/openapi/{documentName}.json");

        // The page is all there is: it fetches nothing from, and sends nothing to, anybody else.
        application.MapScalarApiReference("/docs", scalar => scalar
            .WithTitle("TsdbServer").WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableDefaultFonts().DisableTelemetry().DisableAgent()
            .HideDeveloperTools());
        application.MapPrometheusScrapingEndpoint("/metrics");
    }
}

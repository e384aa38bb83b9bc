using Tsdb.Ingest.LineProtocol;
using Tsdb.Model.Writing;

namespace Tsdb.Server.Configuration;

/// <summary>All settings of one server, checked. Each is described, with unit, default and range, in <see cref="Settings"/>.</summary>
internal sealed record ServerOptions
{
    /// <summary>The data folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where to listen; at least one.</summary>
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>The transport's settings.</summary>
    public required HttpOptions Http { get; init; }

    /// <summary>The write endpoints' settings.</summary>
    public required WriteOptions Write { get; init; }

    /// <summary>The query endpoints' settings.</summary>
    public required QueryOptions Query { get; init; }

    /// <summary>The engine's settings.</summary>
    public required Storage.StorageOptions Storage { get; init; }

    /// <summary>Reads and checks every setting.</summary>
    /// <exception cref="SettingException">A setting is wrong, unknown, or does not go with another.</exception>
    public static ServerOptions Read(IReadOnlyList<SettingLayer> layers)
    {
        var reader = new SettingReader(layers);
        IReadOnlyList<ListenAddress> listen = reader.GetAll(Settings.Listen);
        if (!reader.Get(Settings.AllowAnonymous) && listen.FirstOrDefault(address => !address.IsLoopback) is { } open)
        {
            throw new SettingException(
                $"{Settings.Listen.Key} is {open.Text}, which other machines can reach, and no authentication is configured: anybody there could read and " +
                $"write. Listen on http://127.0.0.1:9201, or allow it with {Settings.AllowAnonymous.Option}.");
        }

        return new ServerOptions
        {
            DataDirectory = reader.Get(Settings.DataDirectory),
            Listen = listen,
            Http = HttpOptions.Read(reader),
            Write = WriteOptions.Read(reader),
            Query = QueryOptions.Read(reader),
            Storage = ReadStorage(reader),
        };
    }

    private static Storage.StorageOptions ReadStorage(SettingReader reader) => new()
    {
        ShardCount = (int)reader.Get(Settings.StorageShardCount),
        MemtableBytes = reader.Get(Settings.StorageMemtableBytes),
        MemtableAge = reader.Get(Settings.StorageMemtableAge),
        WalSegmentBytes = reader.Get(Settings.StorageWalSegmentBytes),
        MaxReplayBytes = reader.Get(Settings.StorageMaxReplayBytes),
        WalSyncInterval = reader.Get(Settings.StorageWalSyncInterval),
        Retention = reader.Get(Settings.StorageRetention),
    };
}

/// <summary>Settings of the transport.</summary>
/// <param name="MaxConnections">Connections open at once.</param>
/// <param name="MaxRequestBytes">Decoded bytes of a request that is no write.</param>
/// <param name="ShutdownTimeout">How long a stop waits for requests in flight.</param>
/// <param name="AllowedOrigin">The web origin whose pages may call the query API; <c>*</c> for any, <c>none</c> for none.</param>
internal sealed record HttpOptions(long MaxConnections, long MaxRequestBytes, TimeSpan ShutdownTimeout, string AllowedOrigin)
{
    /// <summary>Reads them.</summary>
    public static HttpOptions Read(SettingReader reader) => new(
        reader.Get(Settings.HttpMaxConnections),
        reader.Get(Settings.HttpMaxRequestBytes),
        reader.Get(Settings.HttpShutdownTimeout),
        reader.Get(Settings.HttpAllowedOrigin));
}

/// <summary>Settings of the write endpoints.</summary>
/// <param name="Durability">When a write is acknowledged.</param>
/// <param name="AllowWeakerDurability">Whether a request may ask for less.</param>
/// <param name="MaxLineProtocolBytes">Decoded bytes of a line-protocol body.</param>
/// <param name="MaxRemoteWriteBytes">Decoded bytes of a remote-write body.</param>
/// <param name="Lines">Limits of a line.</param>
/// <param name="AddDatabaseLabel">Whether the <c>db</c> or <c>bucket</c> parameter becomes a label <c>db</c>.</param>
internal sealed record WriteOptions(
    Durability Durability,
    bool AllowWeakerDurability,
    long MaxLineProtocolBytes,
    long MaxRemoteWriteBytes,
    LineProtocolOptions Lines,
    bool AddDatabaseLabel)
{
    /// <summary>Reads them.</summary>
    public static WriteOptions Read(SettingReader reader) => new(
        reader.Get(Settings.WriteDurability),
        reader.Get(Settings.WriteAllowWeakerDurability),
        reader.Get(Settings.WriteMaxLineProtocolBytes),
        reader.Get(Settings.WriteMaxRemoteWriteBytes),
        new LineProtocolOptions
        {
            MaxLineBytes = (int)reader.Get(Settings.WriteMaxLineBytes),
            MaxLabels = (int)reader.Get(Settings.WriteMaxLabels),
            MaxLabelNameBytes = (int)reader.Get(Settings.WriteMaxLabelNameBytes),
            MaxLabelValueBytes = (int)reader.Get(Settings.WriteMaxLabelValueBytes),
        },
        reader.Get(Settings.WriteAddDatabaseLabel));
}

/// <summary>Settings of the query endpoints.</summary>
/// <param name="Timeout">How long a query may run, waiting for its turn included.</param>
/// <param name="MaxConcurrency">Queries that run at once.</param>
/// <param name="QueueLength">Queries that may wait for their turn.</param>
/// <param name="LookbackDelta">How far back an instant selector looks for a sample.</param>
/// <param name="MaxSamples">Samples one query may hold.</param>
/// <param name="MaxPointsPerSeries">Steps of a range query.</param>
/// <param name="MaxBytes">Bytes of samples one query may hold.</param>
internal sealed record QueryOptions(
    TimeSpan Timeout, int MaxConcurrency, int QueueLength, TimeSpan LookbackDelta, long MaxSamples, int MaxPointsPerSeries, long MaxBytes)
{
    /// <summary>Reads them.</summary>
    public static QueryOptions Read(SettingReader reader) => new(
        reader.Get(Settings.QueryTimeout),
        (int)reader.Get(Settings.QueryMaxConcurrency),
        (int)reader.Get(Settings.QueryQueueLength),
        reader.Get(Settings.QueryLookbackDelta),
        reader.Get(Settings.QueryMaxSamples),
        (int)reader.Get(Settings.QueryMaxPointsPerSeries),
        reader.Get(Settings.QueryMaxBytes));

    /// <summary>The settings that are the query engine's.</summary>
    public Query.QueryEngineOptions ToEngineOptions() => new()
    {
        Timeout = Timeout,
        Lookback = LookbackDelta,
        MaxSamplesPerQuery = MaxSamples,
        MaxBytesPerQuery = MaxBytes,

        // Prometheus limits the steps between points, of which there is one less; Grafana asks for exactly that many.
        MaxPointsPerSeries = MaxPointsPerSeries + 1,
    };
}

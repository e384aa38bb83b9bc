using Tsdb.Model.Writing;

namespace Tsdb.Server.Configuration;

/// <summary>Every setting of the server: the one list that <c>--help</c>, the parsers and the check for unknown names read.</summary>
/// <remarks>
/// A setting <c>Query:Timeout</c> is <c>--query-timeout</c> on the command line, <c>TSDB__Query__Timeout</c> in the environment, and
/// <c>Tsdb:Query:Timeout</c> in a configuration file.
/// </remarks>
internal static class Settings
{
    private static readonly Storage.StorageOptions StorageDefaults = new();
    private static readonly Query.QueryEngineOptions QueryDefaults = new();
    private static readonly Ingest.LineProtocol.LineProtocolOptions LineDefaults = new();

    /// <summary>The data folder.</summary>
    public static Setting<string> DataDirectory { get; } = SettingTypes.Text(
        nameof(DataDirectory), "PATH", "a folder's path", "data", "The folder that holds the data; created if missing, used by one process at a time.");

    /// <summary>Where to listen.</summary>
    public static Setting<ListenAddress> Listen { get; } = new(
        nameof(Listen), "URL", "http://ADDRESS:PORT with an IP address, localhost or *, or http://unix:/PATH", "http://127.0.0.1:9201",
        "Where to listen; may be repeated. Port 0 takes a free port. Addresses that other machines reach need AllowAnonymous.")
    {
        Default = ListenAddress.TryParse("http://127.0.0.1:9201", out ListenAddress? address) ? address : throw new System.Diagnostics.UnreachableException(),
        Parse = ListenAddress.TryParse!,
        IsRepeatable = true,
    };

    /// <summary>Whether other machines may be served without authentication.</summary>
    public static Setting<bool> AllowAnonymous { get; } = SettingTypes.Flag(
        nameof(AllowAnonymous), false, "Allows to listen where other machines reach the server although nobody has to say who they are.");

    /// <summary>Connections open at once.</summary>
    public static Setting<long> HttpMaxConnections { get; } = SettingTypes.Count(
        "Http:MaxConnections", "connections", 10_000, 1, 1_000_000, "Connections open at once; more are closed.");

    /// <summary>Decoded bytes of a request that is no write.</summary>
    public static Setting<long> HttpMaxRequestBytes { get; } = SettingTypes.Size(
        "Http:MaxRequestBytes", 4L << 20, 1L << 10, 1L << 30, "Largest body of a request that is no write.");

    /// <summary>How long a stop waits for requests in flight.</summary>
    public static Setting<TimeSpan> HttpShutdownTimeout { get; } = SettingTypes.Duration(
        "Http:ShutdownTimeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "How long a stop waits for requests in flight.");

    /// <summary>The web origin that may call the query API.</summary>
    public static Setting<string> HttpAllowedOrigin { get; } = SettingTypes.Text(
        "Http:AllowedOrigin", "ORIGIN", "an origin such as https://grafana.example, * or none", "*",
        "The web origin whose pages may call the query API from a browser; * allows any, none allows none.");

    /// <summary>When a write is acknowledged.</summary>
    public static Setting<Durability> WriteDurability { get; } = SettingTypes.Choice(
        "Write:Durability", Durability.Always,
        "When a write is acknowledged: always = after its log record is synced to disk; interval = after it is handed to the operating system, which syncs " +
        "every Storage:WalSyncInterval; os = the same, synced when the operating system likes.");

    /// <summary>Whether a request may ask for a weaker durability.</summary>
    public static Setting<bool> WriteAllowWeakerDurability { get; } = SettingTypes.Flag(
        "Write:AllowWeakerDurability", false, "Whether the parameter durability= of a write may be weaker than Write:Durability.");

    /// <summary>Decoded bytes of a line-protocol body.</summary>
    public static Setting<long> WriteMaxLineProtocolBytes { get; } = SettingTypes.Size(
        "Write:MaxLineProtocolBytes", 1L << 30, 1L << 10, 1L << 40, "Largest line-protocol body, decompressed.");

    /// <summary>Decoded bytes of a remote-write body.</summary>
    public static Setting<long> WriteMaxRemoteWriteBytes { get; } = SettingTypes.Size(
        "Write:MaxRemoteWriteBytes", 32L << 20, 1L << 10, 1L << 30, "Largest remote-write body, decompressed.");

    /// <summary>Bytes of a line.</summary>
    public static Setting<long> WriteMaxLineBytes { get; } = SettingTypes.Size(
        "Write:MaxLineBytes", LineDefaults.MaxLineBytes, 1L << 10, 4L << 20, "Longest line of line protocol; longer ones are refused.");

    /// <summary>Labels of a series.</summary>
    public static Setting<long> WriteMaxLabels { get; } = SettingTypes.Count(
        "Write:MaxLabels", "labels", LineDefaults.MaxLabels, 2, 1024, "Labels of a series, the metric name included; lines with more are refused.");

    /// <summary>Bytes of a label's name.</summary>
    public static Setting<long> WriteMaxLabelNameBytes { get; } = SettingTypes.Size(
        "Write:MaxLabelNameBytes", LineDefaults.MaxLabelNameBytes, 16, 64L << 10, "Longest label name; lines with longer ones are refused.");

    /// <summary>Bytes of a label's value.</summary>
    public static Setting<long> WriteMaxLabelValueBytes { get; } = SettingTypes.Size(
        "Write:MaxLabelValueBytes", LineDefaults.MaxLabelValueBytes, 16, 1L << 20,
        "Longest label value, the metric name too; lines with longer ones are refused.");

    /// <summary>Whether a database or bucket becomes a label.</summary>
    public static Setting<bool> WriteAddDatabaseLabel { get; } = SettingTypes.Flag(
        "Write:AddDatabaseLabel", false, "Whether the parameter db (or bucket) of a line-protocol write becomes the label db.");

    /// <summary>How long a query may run.</summary>
    public static Setting<TimeSpan> QueryTimeout { get; } = SettingTypes.Duration(
        "Query:Timeout", QueryDefaults.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1),
        "How long a query may run, waiting for its turn included; a request's timeout parameter can only shorten it.");

    /// <summary>Queries that run at once.</summary>
    public static Setting<long> QueryMaxConcurrency { get; } = SettingTypes.Count(
        "Query:MaxConcurrency", "queries", 2L * Environment.ProcessorCount, 1, 10_000, "Queries that run at once. The default is twice the processors.");

    /// <summary>Queries that may wait.</summary>
    public static Setting<long> QueryQueueLength { get; } = SettingTypes.Count(
        "Query:QueueLength", "queries", 64, 0, 100_000, "Queries that may wait for their turn; more are answered 503.");

    /// <summary>How far back an instant selector looks.</summary>
    public static Setting<TimeSpan> QueryLookbackDelta { get; } = SettingTypes.Duration(
        "Query:LookbackDelta", QueryDefaults.Lookback, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(365), "How far back an instant selector looks for a sample.");

    /// <summary>Samples one query may hold.</summary>
    public static Setting<long> QueryMaxSamples { get; } = SettingTypes.Count(
        "Query:MaxSamples", "samples", QueryDefaults.MaxSamplesPerQuery, 1, 100_000_000_000, "Samples one query may hold in memory; beyond it the query fails.");

    /// <summary>Bytes of samples one query may hold.</summary>
    public static Setting<long> QueryMaxBytes { get; } = SettingTypes.Size(
        "Query:MaxBytes", QueryDefaults.MaxBytesPerQuery, 1L << 20, 1L << 40, "Bytes of samples one query may hold in memory; beyond it the query fails.");

    /// <summary>Steps of a range query.</summary>
    public static Setting<long> QueryMaxPointsPerSeries { get; } = SettingTypes.Count(
        "Query:MaxPointsPerSeries", "points", QueryDefaults.MaxPointsPerSeries, 1, 10_000_000, "Steps of a range query.");

    /// <summary>Shards of the engine.</summary>
    public static Setting<long> StorageShardCount { get; } = SettingTypes.Count(
        "Storage:ShardCount", "shards", StorageDefaults.ShardCount, 1, 64, "Writers that work side by side. The default is the number of processors.");

    /// <summary>Size of a shard's memtable.</summary>
    public static Setting<long> StorageMemtableBytes { get; } = SettingTypes.Size(
        "Storage:MemtableBytes", StorageDefaults.MemtableBytes, 1L << 20, 1L << 30, "Size of a shard's memtable at which it is flushed to a block.");

    /// <summary>Age of a memtable.</summary>
    public static Setting<TimeSpan> StorageMemtableAge { get; } = SettingTypes.Duration(
        "Storage:MemtableAge", StorageDefaults.MemtableAge, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), "Age at which a memtable is flushed however small it is.");

    /// <summary>Size of a log segment.</summary>
    public static Setting<long> StorageWalSegmentBytes { get; } = SettingTypes.Size(
        "Storage:WalSegmentBytes", StorageDefaults.WalSegmentBytes, 1L << 20, 1L << 30, "Size at which a log segment is closed and the next begun.");

    /// <summary>Log to replay after a crash.</summary>
    public static Setting<long> StorageMaxReplayBytes { get; } = SettingTypes.Size(
        "Storage:MaxReplayBytes", StorageDefaults.MaxReplayBytes, 8L << 20, 8L << 30,
        "Log that a start after a crash has to replay at most, before compression: checkpoints are written as often as that takes.");

    /// <summary>How often the log is synced for writes of interval durability.</summary>
    public static Setting<TimeSpan> StorageWalSyncInterval { get; } = SettingTypes.Duration(
        "Storage:WalSyncInterval", StorageDefaults.WalSyncInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1),
        "How often the log is synced for writes of durability interval.");

    /// <summary>How long samples are kept.</summary>
    public static Setting<TimeSpan?> StorageRetention { get; } = SettingTypes.DurationOrForever(
        "Storage:Retention", TimeSpan.FromHours(1), "How long samples are kept, by their timestamps. Shortening it deletes data.");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        DataDirectory, Listen, AllowAnonymous,
        WriteDurability, WriteAllowWeakerDurability, WriteMaxLineProtocolBytes, WriteMaxRemoteWriteBytes, WriteMaxLineBytes,
        WriteMaxLabels, WriteMaxLabelNameBytes, WriteMaxLabelValueBytes, WriteAddDatabaseLabel,
        QueryTimeout, QueryMaxConcurrency, QueryQueueLength, QueryLookbackDelta, QueryMaxSamples, QueryMaxBytes, QueryMaxPointsPerSeries,
        StorageRetention, StorageShardCount, StorageMemtableBytes, StorageMemtableAge, StorageWalSegmentBytes, StorageMaxReplayBytes, StorageWalSyncInterval,
        HttpMaxConnections, HttpMaxRequestBytes, HttpShutdownTimeout, HttpAllowedOrigin,
    ];
}

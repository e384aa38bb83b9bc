namespace Tsdb.Server.Endpoints.Write;

/// <summary>What Influx clients are told they speak to; some choose their protocol by it.</summary>
internal static class InfluxIdentity
{
    /// <summary>The InfluxDB version whose write API is spoken: 1.8 has the endpoints of both 1 and 2.</summary>
    public const string Version = "1.8.10";
}

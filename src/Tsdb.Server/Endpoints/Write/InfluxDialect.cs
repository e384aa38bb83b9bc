using Tsdb.Ingest.LineProtocol;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary>What differs between the write endpoints of InfluxDB 1 and 2. Immutable.</summary>
internal sealed record InfluxDialect
{
    /// <summary>Reads a precision; false when the dialect does not know it.</summary>
    public delegate bool PrecisionParser(string? text, out LineProtocolPrecision precision);

    /// <summary>InfluxDB 1: <c>POST /write</c>.</summary>
    public static InfluxDialect V1 { get; } = new()
    {
        Path = "/write",
        Name = "InfluxDB 1",
        Errors = ErrorForm.InfluxV1,
        TryParsePrecision = LineProtocolPrecisions.TryParseV1,
        Precisions = LineProtocolPrecisions.V1Spellings,
        DatabaseParameter = "db",
        NamesFirstLine = false,
        Parameters =
        [
            new("precision", "Unit of the timestamps: n, ns, u, us, µ, ms, s, m or h. Default ns."),
            new("db", "The database; becomes the label db where the setting Write:AddDatabaseLabel says so."),
            new("rp", "Accepted and ignored."),
            new("consistency", "Accepted and ignored."),
            DocumentedParameters.Durability,
        ],
    };

    /// <summary>InfluxDB 2: <c>POST /api/v2/write</c>.</summary>
    public static InfluxDialect V2 { get; } = new()
    {
        Path = "/api/v2/write",
        Name = "InfluxDB 2",
        Errors = ErrorForm.InfluxV2,
        TryParsePrecision = LineProtocolPrecisions.TryParseV2,
        Precisions = LineProtocolPrecisions.V2Spellings,
        DatabaseParameter = "bucket",
        NamesFirstLine = true,
        Parameters =
        [
            new("precision", "Unit of the timestamps: ns, us, ms or s. Default ns."),
            new("org", "Accepted and ignored."),
            new("bucket", "The bucket; becomes the label db where the setting Write:AddDatabaseLabel says so."),
            DocumentedParameters.Durability,
        ],
    };

    /// <summary>The endpoint's path.</summary>
    public required string Path { get; init; }

    /// <summary>Whose dialect it is, for people.</summary>
    public required string Name { get; init; }

    /// <summary>How errors are told.</summary>
    public required ErrorForm Errors { get; init; }

    /// <summary>Reads the parameter precision.</summary>
    public required PrecisionParser TryParsePrecision { get; init; }

    /// <summary>The precisions known, for an error's sentence.</summary>
    public required string Precisions { get; init; }

    /// <summary>The parameter that names the database.</summary>
    public required string DatabaseParameter { get; init; }

    /// <summary>Whether the answer to a partial write names the first refused line beside its message.</summary>
    public required bool NamesFirstLine { get; init; }

    /// <summary>The parameters, for the API document.</summary>
    public required DocumentedParameter[] Parameters { get; init; }
}

using System.Globalization;
using System.Text.Json;
using Tsdb.Model.Time;

namespace Tsdb.Server.Tests.Conformance;

/// <summary>One case of the line-protocol conformance data, as a client of the server sees it.</summary>
internal sealed class LineProtocolCase
{
    private readonly JsonElement _case;

    private LineProtocolCase(JsonElement element, int number)
    {
        _case = element;
        Number = number.ToString(CultureInfo.InvariantCulture);
        IsRefused = element.TryGetProperty("error", out _);
        HasDatabaseTag = Points.Any(point => point.GetProperty("tags").EnumerateArray().Any(tag => Text(tag[0]) == "db"));
    }

    /// <summary>The case's number among all; the request's database, and so the label that tells whose a sample is.</summary>
    public string Number { get; }

    /// <summary>True when the text must be refused.</summary>
    public bool IsRefused { get; }

    /// <summary>True when a line has a tag db of its own, so that the request must name no database.</summary>
    public bool HasDatabaseTag { get; }

    /// <summary>The text to write.</summary>
    public byte[] Body => _case.TryGetProperty("text", out JsonElement text)
        ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!)
        : _case.GetProperty("text_b64").GetBytesFromBase64();

    /// <summary>Where to write it: the two Influx endpoints in turn.</summary>
    public string Path
    {
        get
        {
            string precision = _case.GetProperty("precision").GetString()!;
            string database = HasDatabaseTag ? "" : Number;
            return Number[^1] % 2 == 0 ? $"/write?precision={precision}&db={database}" : $"/api/v2/write?precision={precision}&bucket={database}";
        }
    }

    private IEnumerable<JsonElement> Points => IsRefused ? [] : _case.GetProperty("points").EnumerateArray();

    /// <summary>Every case of a file of the conformance data, numbered from a number on.</summary>
    public static IEnumerable<LineProtocolCase> Read(string folder, string file, int firstNumber) => File
        .ReadLines(System.IO.Path.Combine(folder, "lineprotocol", file))
        .Select((line, i) => new LineProtocolCase(JsonDocument.Parse(line).RootElement, firstNumber + i));

    /// <summary>The samples to be found afterwards: series, value, and time in milliseconds, which is null where the server's clock gives it.</summary>
    public IEnumerable<(string Series, double Value, long? TimeMs)> Samples()
    {
        var last = new Dictionary<(string, string), (string, double, long?)>();
        foreach (JsonElement point in Points)
        {
            string time = point.GetProperty("time").GetString()!;
            foreach (JsonElement field in point.GetProperty("fields").EnumerateArray())
            {
                if (Value(field[1].EnumerateObject().Single()) is double value)
                {
                    string series = SeriesKey.Of(Labels(point, Text(field[0])));
                    last[(series, time)] = (series, value, TimeMs(time)); // of a field that occurs twice the last counts
                }
            }
        }

        return last.Values;
    }

    private IEnumerable<(string Name, string Value)> Labels(JsonElement point, string field)
    {
        string measurement = Text(point.GetProperty("name"));
        yield return ("__name__", measurement == "prometheus" && field != "value" ? field : field == "value" ? measurement : $"{measurement}_{field}");
        foreach (JsonElement tag in point.GetProperty("tags").EnumerateArray())
        {
            yield return (Text(tag[0]), Text(tag[1]));
        }

        if (!HasDatabaseTag)
        {
            yield return ("db", Number);
        }
    }

    // A server has a clock where the corpus has a default time.
    private long? TimeMs(string time)
    {
        long timestampNs = long.Parse(time, CultureInfo.InvariantCulture);
        JsonElement given = _case.GetProperty("default_time");
        long defaultNs = given.ValueKind == JsonValueKind.Number ? given.GetInt64() : long.Parse(given.GetString()!, CultureInfo.InvariantCulture);
        long unitNs = _case.GetProperty("precision").GetString() switch { "s" => Timestamps.NsPerSecond, "ms" => Timestamps.NsPerMillisecond, "us" => 1000, _ => 1 };
        return timestampNs <= defaultNs && defaultNs - timestampNs < unitNs ? null : Timestamps.ToMilliseconds(timestampNs);
    }

    private static double? Value(JsonProperty value) => value.Name switch
    {
        "float" => value.Value.GetDouble(),
        "int" => long.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture),
        "uint" => ulong.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture),
        "bool" => value.Value.GetBoolean() ? 1 : 0,
        _ => null, // strings are no samples
    };

    private static string Text(JsonElement text) =>
        text.ValueKind == JsonValueKind.String ? text.GetString()! : System.Text.Encoding.UTF8.GetString(text.GetProperty("b64").GetBytesFromBase64());
}

using System.Text;
using System.Text.Json;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Testing.Files;

namespace Tsdb.Ingest.Tests.LineProtocol;

/// <summary>Runs the reader over the conformance corpus, with a cache that knows nothing and with one that knows every line.</summary>
public sealed class CorpusTests
{
    [TestCase("corpus.jsonl")]
    [TestCase("real-world.jsonl")]
    public void Read_ConformanceCase_GivesThePointsOrRefuses(string file)
    {
        if (RepositoryPaths.Conformance is not string folder)
        {
            TestContext.Out.WriteLine("Nothing was checked: the conformance data is not beside the repository.");
            return;
        }

        var failures = new List<string>();
        int count = 0;
        foreach (string json in File.ReadLines(Path.Combine(folder, "lineprotocol", file)))
        {
            using var document = JsonDocument.Parse(json);
            count++;
            if (Check(document.RootElement) is string failure)
            {
                failures.Add(failure);
            }
        }

        TestContext.Out.WriteLine($"{count} cases of {file}");
        Assert.That(failures, Is.Empty, string.Join('\n', failures.Take(20)));
    }

    private static string? Check(JsonElement element)
    {
        byte[] text = Bytes(element, "text");
        string? unit = element.TryGetProperty("precision", out JsonElement name) ? name.GetString() : null;
        Assert.That(LineProtocolPrecisions.TryParseV2(unit, out LineProtocolPrecision precision), Is.True);
        long defaultTime = element.TryGetProperty("default_time", out JsonElement time) ? Number(time) : 0;
        string id = element.TryGetProperty("id", out JsonElement given) ? given.ToString() : element.GetProperty("from").ToString();
        var cache = new SeriesKeyCache(new FakeAppender(), 1 << 20);
        var driver = new ReaderDriver(cache);
        List<object> results = driver.ReadAll(text, precision, defaultTime);
        ReaderDriver.Teach(cache, text);
        if (!driver.ReadAll(text, precision, defaultTime).SequenceEqual(results))
        {
            return $"{id}: read differently when its series are known";
        }

        bool isRefused = results.Any(r => r is string);
        if (element.TryGetProperty("error", out JsonElement error))
        {
            int before = error.TryGetProperty("point", out JsonElement point) ? point.GetInt32() : 0;
            int pointsBefore = results.TakeWhile(r => r is DecodedPoint).Count();
            return isRefused && pointsBefore == before ? null : $"{id}: {error.GetProperty("class")} after {before} points expected, {pointsBefore} came first";
        }

        object[] expected = [.. element.GetProperty("points").EnumerateArray().Select(Point)];
        return results.SequenceEqual(expected) ? null : $"{id}: {string.Join(" | ", expected)} expected, got {string.Join(" | ", results)}";
    }

    private static DecodedPoint Point(JsonElement point)
    {
        IEnumerable<(string, string)> tags = point.GetProperty("tags").EnumerateArray().Select(t => (Text(t[0]), Text(t[1])));
        IEnumerable<(string, string)> fields = point.GetProperty("fields").EnumerateArray().Select(f => (Text(f[0]), Value(f[1])));
        return new DecodedPoint(
            Text(point.GetProperty("name")), DecodedPoint.JoinTags(tags), DecodedPoint.JoinFields(fields), point.GetProperty("time").GetString()!);
    }

    private static string Value(JsonElement value)
    {
        JsonProperty only = value.EnumerateObject().Single();
        return only.Name switch
        {
            "float" => DecodedPoint.Float(only.Value.GetDouble()),
            "bool" => only.Value.GetBoolean() ? "bool 1" : "bool 0",
            "string" => "string " + Text(only.Value),
            _ => $"{only.Name} {only.Value.GetString()}",
        };
    }

    private static string Text(JsonElement text) => DecodedPoint.Text(
        text.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(text.GetString()!) : text.GetProperty("b64").GetBytesFromBase64());

    private static byte[] Bytes(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text)
        ? Encoding.UTF8.GetBytes(text.GetString()!)
        : element.GetProperty(name + "_b64").GetBytesFromBase64();

    private static long Number(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetInt64() : long.Parse(element.GetString()!);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Tsdb.Testing.Files;

namespace Tsdb.Server.Tests.Conformance;

/// <summary>The line-protocol conformance cases through the server: accepted or refused as they say, and every number there afterwards.</summary>
public sealed class LineProtocolConformanceTests
{
    // The longest window there is, twice: together they hold every timestamp, and none both.
    private static readonly string[] Windows = ["9223372036.855", "0.854"];

    [Test]
    public async Task Write_EveryCase_IsAnsweredAsItSaysAndReadsBack()
    {
        if (RepositoryPaths.Conformance is not string folder)
        {
            TestContext.Out.WriteLine("Nothing was checked: the conformance data is not beside the repository.");
            return;
        }

        LineProtocolCase[] corpus = [.. LineProtocolCase.Read(folder, "corpus.jsonl", 0)];
        LineProtocolCase[] cases = [.. corpus, .. LineProtocolCase.Read(folder, "real-world.jsonl", corpus.Length)];
        await using RunningServer server = await RunningServer.StartAsync(
            ("Write:Durability", "os"), ("Write:AddDatabaseLabel", "true"), ("Write:MaxLabels", "1024"));
        long startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (written, _) =>
        {
            Answer answer = await server.WriteAsync(written.Path, written.Body, encoding: null);
            if (Complaint(written, answer) is { } complaint)
            {
                failures.Add($"{written.Number}: {complaint}");
            }
        });
        Assert.That(failures, Is.Empty);

        ILookup<string, (double Value, long TimeMs)> found = await ReadAllAsync(server);
        long endMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        int count = 0;
        foreach (IGrouping<string, (string Series, double Value, long? TimeMs)> series in cases.SelectMany(written => written.Samples()).GroupBy(sample => sample.Series))
        {
            List<(double Value, long TimeMs)> left = [.. found[series.Key]];
            foreach ((_, double value, long? timeMs) in series)
            {
                // The corpus compares floats by value: of -0 it expects 0.
                (long from, long to) = timeMs is { } exact ? (exact, exact) : (startMs, endMs);
                int index = left.FindIndex(sample => sample.Value.Equals(value) && sample.TimeMs >= from && sample.TimeMs <= to);
                Assert.That(index, Is.Not.Negative, $"{series.Key}: {value} at {timeMs} is not among {string.Join(' ', left)}");
                left.RemoveAt(index);
                count++;
            }

            Assert.That(left, Is.Empty, series.Key);
        }

        TestContext.Out.WriteLine($"{cases.Length} cases, {count} samples read back");
    }

    private static string? Complaint(LineProtocolCase written, Answer answer)
    {
        if (!written.IsRefused)
        {
            return answer.Status == 204 ? null : answer.Text;
        }

        if (answer.Status != 400)
        {
            return $"status {answer.Status} instead of 400";
        }

        string message = answer.Json.GetProperty(written.Path.StartsWith("/write", StringComparison.Ordinal) ? "error" : "message").GetString()!;
        return message.StartsWith("partial write:", StringComparison.Ordinal) || message.StartsWith("unable to parse:", StringComparison.Ordinal) ? null : message;
    }

    private static async Task<ILookup<string, (double Value, long TimeMs)>> ReadAllAsync(RunningServer server)
    {
        var samples = new List<(string Series, double Value, long TimeMs)>();
        foreach (string time in Windows)
        {
            Answer answer = await server.PostFormAsync("/api/v1/query", ("query", "{__name__=~\".+\"}[9223372036s]"), ("time", time));
            Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
            foreach (JsonElement series in answer.Data.GetProperty("result").EnumerateArray())
            {
                string key = SeriesKey.Of(series.GetProperty("metric").EnumerateObject().Select(label => (label.Name, label.Value.GetString()!)));
                samples.AddRange(series.GetProperty("values").EnumerateArray().Select(point => (
                    key, double.Parse(point[1].GetString()!, CultureInfo.InvariantCulture), (long)Math.Round(point[0].GetDecimal() * 1000))));
            }
        }

        return samples.ToLookup(sample => sample.Series, sample => (sample.Value, sample.TimeMs));
    }
}

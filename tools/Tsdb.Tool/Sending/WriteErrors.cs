using System.Text.Json;

namespace Tsdb.Tool.Sending;

/// <summary>Reads the server's account of the lines it refused.</summary>
internal static class WriteErrors
{
    /// <summary>One sentence per refused line; of another server's answer, the answer itself.</summary>
    public static IReadOnlyList<string> Describe(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errors", out JsonElement errors))
            {
                return [.. errors.EnumerateArray().Select(DescribeOne)];
            }
        }
        catch (JsonException)
        {
            // Not our server: show what it said.
        }

        return [body.Trim()];
    }

    private static string DescribeOne(JsonElement error) =>
        $"line {error.GetProperty("line")} of its request: {error.GetProperty("reason").GetString()}: {error.GetProperty("text").GetString()}";
}

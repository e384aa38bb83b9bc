using System.IO.Pipelines;

namespace Tsdb.Server.Json;

/// <summary>Writes the envelope of the Prometheus API: <c>{"status":"success","data":…,"warnings":[],"infos":[]}</c>.</summary>
internal static class Envelope
{
    /// <summary>Begins a successful answer; the data is to be written next.</summary>
    public static JsonOutput Begin(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        PipeWriter pipe = context.Response.BodyWriter;
        var output = new JsonOutput(pipe);
        output.Raw("{\"status\":\"success\",\"data\":"u8);
        return output;
    }

    /// <summary>Ends the answer and sends it.</summary>
    public static async Task EndAsync(HttpContext context, JsonOutput output, IReadOnlyList<string> warnings, IReadOnlyList<string> infos)
    {
        WriteList(output, ",\"warnings\":"u8, warnings);
        WriteList(output, ",\"infos\":"u8, infos);
        output.Raw("}"u8);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>Answers with a list of strings, of which at most <paramref name="limit"/> are returned.</summary>
    public static Task WriteStringsAsync(HttpContext context, IReadOnlyList<string> strings, int limit)
    {
        JsonOutput output = Begin(context);
        output.Raw("["u8);
        int count = Math.Min(strings.Count, limit);
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                output.Raw(","u8);
            }

            output.Text(strings[i]);
        }

        output.Raw("]"u8);
        return EndAsync(context, output, count < strings.Count ? TruncatedWarning : [], []);
    }

    /// <summary>The warning of an answer that was cut at the limit asked for, in Prometheus' words.</summary>
    public static IReadOnlyList<string> TruncatedWarning { get; } = ["results truncated due to limit"];

    private static void WriteList(JsonOutput output, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        output.Raw(name);
        for (int i = 0; i < texts.Count; i++)
        {
            output.Raw(i == 0 ? "["u8 : ","u8);
            output.Text(texts[i]);
        }

        output.Raw("]"u8);
    }
}

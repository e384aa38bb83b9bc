using System.Text.Json;

namespace Tsdb.Tool.Querying;

/// <summary>Writes a label set as PromQL does.</summary>
internal static class SeriesName
{
    /// <summary>The name and labels of a <c>metric</c> object: <c>up{job="node"}</c>.</summary>
    public static string Of(JsonElement metric)
    {
        string name = metric.TryGetProperty("__name__", out JsonElement given) ? given.GetString()! : "";
        string[] labels =
        [
            .. metric.EnumerateObject().Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value.GetString()}\""),
        ];
        return labels.Length == 0 && name.Length > 0 ? name : $"{name}{{{string.Join(", ", labels)}}}";
    }
}

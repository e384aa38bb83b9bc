namespace Tsdb.Server.Tests.Conformance;

/// <summary>Label sets as text, for comparison.</summary>
internal static class SeriesKey
{
    /// <summary>The labels sorted and quoted.</summary>
    public static string Of(IEnumerable<(string Name, string Value)> labels) =>
        string.Join(", ", labels.OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name}='{label.Value}'"));
}

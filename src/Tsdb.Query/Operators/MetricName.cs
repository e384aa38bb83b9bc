using Tsdb.Model.Labels;

namespace Tsdb.Query.Operators;

/// <summary>What goes away where a query drops the metric name: the name and, with it, its type and unit.</summary>
internal static class MetricName
{
    private static readonly LabelProjection Rest = LabelProjection.Without([LabelNames.MetricName, "__type__", "__unit__"]);

    /// <summary>Replaces <paramref name="destination"/> with the labels that stay.</summary>
    public static void Remove(ReadOnlySpan<byte> canonical, LabelBuffer destination) => Rest.Project(canonical, destination);
}

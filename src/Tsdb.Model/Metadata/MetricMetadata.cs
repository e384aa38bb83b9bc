namespace Tsdb.Model.Metadata;

/// <summary>What a metric family's sender says of it.</summary>
/// <param name="Family">The family's name, such as <c>http_request_duration_seconds</c>.</param>
/// <param name="Type">What kind of metric it is.</param>
/// <param name="Help">What it means, in words for people; may be empty.</param>
/// <param name="Unit">The unit of its values, such as <c>seconds</c>; may be empty.</param>
public sealed record MetricMetadata(string Family, MetricType Type, string Help, string Unit);

using System.Globalization;
using Tsdb.Model.Metadata;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/metadata</c>: type, help text and unit of metric families, as far as senders told.</summary>
internal sealed class MetricMetadataEndpoint(DatabaseHost host) : IEndpoint
{
    private static readonly byte[][] TypeNames =
        [.. Enum.GetNames<MetricType>().Select(name => System.Text.Encoding.UTF8.GetBytes(name.ToLowerInvariant()))];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/api/v1/metadata", ReadMethods.GetAndPost, HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Series and labels",
            "Lists metric metadata",
            "Type, help text and unit of each metric family that a sender of remote write told of; the latest counts.",
            new("limit", "The most metrics to return; negative or missing means all."),
            new("limit_per_metric", "The most entries for each metric; 0, negative or missing means all. There is one of each."),
            new("metric", "The one metric to return; missing means all."));

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);
        int limit = Number(parameters, "limit");
        Number(parameters, "limit_per_metric"); // checked as Prometheus does; a metric has one entry
        string? metric = parameters.Find("metric");
        IReadOnlyList<MetricMetadata> all = host.Database.Metadata.List();
        JsonOutput output = Envelope.Begin(context);
        output.Raw("{"u8);
        int count = 0;
        foreach (MetricMetadata metadata in all.Where(entry => metric is null || entry.Family == metric))
        {
            if (limit >= 0 && count >= limit)
            {
                break;
            }

            Write(output, metadata, isFirst: count == 0);
            count++;
            await output.FlushIfLargeAsync(context.RequestAborted);
        }

        output.Raw("}"u8);
        await Envelope.EndAsync(context, output, [], []);
    }

    private static int Number(RequestParameters parameters, string name)
    {
        if (parameters.Find(name) is not { } text)
        {
            return -1;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new RequestException(StatusCodes.Status400BadRequest, $"{name} must be a number");
    }

    private static void Write(JsonOutput output, MetricMetadata metadata, bool isFirst)
    {
        if (!isFirst)
        {
            output.Raw(","u8);
        }

        output.Text(metadata.Family);
        output.Raw(":[{\"type\":"u8);
        output.Text(TypeNames[(int)metadata.Type]);
        output.Raw(",\"help\":"u8);
        output.Text(metadata.Help);
        output.Raw(",\"unit\":"u8);
        output.Text(metadata.Unit);
        output.Raw("}]"u8);
    }
}

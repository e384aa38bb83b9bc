using Tsdb.Model.Reading;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/label/&lt;name&gt;/values</c>: the values a label has.</summary>
internal sealed class LabelValuesEndpoint(DatabaseHost host, QueryGate gate) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/label/{name}/values", HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Series and labels",
            "Lists a label's values",
            "The values the label has in the series that match and have samples in the time range. A name that starts with U__ is taken as escaped.",
            DocumentedParameters.Match,
            DocumentedParameters.Start,
            DocumentedParameters.End,
            DocumentedParameters.Limit);

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);

        // Routing decodes everything but the slash, which separates segments until it has done its work.
        string segment = ((string)context.Request.RouteValues["name"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        string name = LabelNameEscape.Unescape(segment);
        int limit = parameters.Limit();
        IReadOnlyList<SeriesSelection> selections = MetadataRange.Selections(SelectorParameter.Read(parameters), MetadataRange.Read(parameters));
        ISeriesSource source = host.Readable.SeriesSource;
        IReadOnlyList<string> values = await gate.RunAsync(
            stop => MetadataRange.Union(selections, selection => source.LabelValues(name, selection, stop)), null, context.RequestAborted);
        await Envelope.WriteStringsAsync(context, values, limit);
    }
}

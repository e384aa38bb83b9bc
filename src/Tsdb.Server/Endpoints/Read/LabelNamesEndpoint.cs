using Tsdb.Model.Reading;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/labels</c>: the names of the labels there are.</summary>
internal sealed class LabelNamesEndpoint(DatabaseHost host, QueryGate gate) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/api/v1/labels", ReadMethods.GetAndPost, HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Series and labels",
            "Lists label names",
            "The names of the labels of the series that match and have samples in the time range.",
            DocumentedParameters.Match,
            DocumentedParameters.Start,
            DocumentedParameters.End,
            DocumentedParameters.Limit);

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);
        int limit = parameters.Limit();
        IReadOnlyList<SeriesSelection> selections = MetadataRange.Selections(SelectorParameter.Read(parameters), MetadataRange.Read(parameters));
        ISeriesSource source = host.Readable.SeriesSource;
        IReadOnlyList<string> names = await gate.RunAsync(
            stop => MetadataRange.Union(selections, selection => source.LabelNames(selection, stop)), null, context.RequestAborted);
        await Envelope.WriteStringsAsync(context, names, limit);
    }
}

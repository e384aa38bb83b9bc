using Tsdb.Model.Labels;
using Tsdb.Model.Reading;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary><c>/api/v1/series</c>: the label sets of the series that match and have samples in a time range.</summary>
internal sealed class SeriesEndpoint(DatabaseHost host, QueryGate gate) : IEndpoint
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/api/v1/series", ReadMethods.GetAndPost, HandleAsync)
        .WithMetadata(ErrorForm.Prometheus)
        .Documented(
            "Series and labels",
            "Lists series",
            "The label sets of the series that match any of the selectors and have samples in the time range.",
            DocumentedParameters.Match with { IsRequired = true },
            DocumentedParameters.Start,
            DocumentedParameters.End,
            DocumentedParameters.Limit);

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);
        int limit = parameters.Limit();
        IReadOnlyList<SeriesSelection> selections = MetadataRange.Selections(
            SelectorParameter.ReadRequired(parameters), MetadataRange.Read(parameters));
        ISeriesSource source = host.Readable.SeriesSource;
        List<LabelSet> series = await gate.RunAsync(stop => Collect(source, selections, stop), null, context.RequestAborted);
        await AnswerAsync(context, series, limit);
    }

    private static async Task AnswerAsync(HttpContext context, List<LabelSet> series, int limit)
    {
        JsonOutput output = Envelope.Begin(context);
        output.Raw("["u8);
        int count = Math.Min(series.Count, limit);
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                output.Raw(","u8);
            }

            LabelsWriter.Write(output, series[i].Canonical);
            await output.FlushIfLargeAsync(context.RequestAborted);
        }

        output.Raw("]"u8);
        await Envelope.EndAsync(context, output, count < series.Count ? Envelope.TruncatedWarning : [], []);
    }

    private static List<LabelSet> Collect(ISeriesSource source, IReadOnlyList<SeriesSelection> selections, CancellationToken stop)
    {
        var found = new HashSet<LabelSet>();
        foreach (SeriesSelection selection in selections)
        {
            using ISeriesCursor cursor = source.Select(selection, stop);
            while (cursor.MoveNext())
            {
                stop.ThrowIfCancellationRequested();

                // A selected series may turn out to have no sample in the range.
                if (cursor.Columns.MoveNext() || cursor.Histograms.MoveNext())
                {
                    found.Add(LabelSet.FromTrusted(cursor.Labels));
                }
            }
        }

        List<LabelSet> sorted = [.. found];
        sorted.Sort();
        return sorted;
    }
}

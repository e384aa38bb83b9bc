using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>
/// Endpoints of Prometheus for things this server does not have: rules, alerts, targets, exemplars. They answer that there are none,
/// which clients such as Grafana ask before they work.
/// </summary>
internal sealed class EmptyEndpoints : IEndpoint
{
    private static readonly (string Path, string Data, string Summary)[] Answers =
    [
        ("/api/v1/query_exemplars", "[]", "Lists exemplars: there are none"),
        ("/api/v1/rules", """{"groups":[]}""", "Lists rules: there are none"),
        ("/api/v1/alerts", """{"alerts":[]}""", "Lists alerts: there are none"),
        ("/api/v1/targets", """{"activeTargets":[],"droppedTargets":[]}""", "Lists scrape targets: there are none"),
    ];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string data, string summary) in Answers)
        {
            byte[] json = System.Text.Encoding.UTF8.GetBytes(data);
            routes.MapMethods(path, ReadMethods.GetAndPost, context => AnswerAsync(context, json))
                .WithMetadata(ErrorForm.Prometheus)
                .Documented("Status", summary, "For clients that ask before they work; parameters are accepted and ignored.");
        }
    }

    private static Task AnswerAsync(HttpContext context, byte[] data)
    {
        JsonOutput output = Envelope.Begin(context);
        output.Raw(data);
        return Envelope.EndAsync(context, output, [], []);
    }
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tsdb.Server.Endpoints.Operations;
using Tsdb.Server.Endpoints.Read;
using Tsdb.Server.Json;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary>
/// <c>GET</c> and <c>POST /query</c>: as much InfluxQL as clients send before they write: <c>CREATE DATABASE</c> and <c>SHOW DATABASES</c>.
/// </summary>
/// <remarks>There are no databases here: a write's database is at most a label. Created names are remembered, while the server runs, to be shown.</remarks>
internal sealed partial class InfluxQueryEndpoint : IEndpoint
{
    private const int MaxNames = 1000; // names are a courtesy; memory for them is not without end
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    private readonly ConcurrentDictionary<string, bool> _names = new() { ["tsdb"] = true };

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/query", Methods, HandleAsync)
        .WithMetadata(ErrorForm.InfluxV1)
        .Documented(
            "Influx",
            "Answers CREATE DATABASE and SHOW DATABASES",
            "Enough InfluxQL for clients to connect. Queries are PromQL: see /api/v1/query.",
            new DocumentedParameter("q", "One or more statements, separated by semicolons.") { IsRequired = true });

    private async Task HandleAsync(HttpContext context)
    {
        RequestParameters parameters = await RequestParameters.ReadAsync(context);
        string text = parameters.Find("q") ?? throw new RequestException(StatusCodes.Status400BadRequest, "missing required parameter \"q\"");
        string[] statements = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string statement in statements)
        {
            Run(statement);
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Influxdb-Version"] = InfluxIdentity.Version;
        var output = new JsonOutput(context.Response.BodyWriter);
        output.Raw("{\"results\":["u8);
        for (int i = 0; i < statements.Length; i++)
        {
            output.Raw(i == 0 ? "{\"statement_id\":"u8 : ",{\"statement_id\":"u8);
            output.Integer(i);
            WriteResult(output, statements[i]);
            output.Raw("}"u8);
        }

        output.Raw("]}\n"u8);
        await output.FlushAsync(context.RequestAborted);
    }

    private void Run(string statement)
    {
        if (CreateDatabase().Match(statement) is { Success: true } create)
        {
            if (_names.Count < MaxNames)
            {
                _names[create.Groups["name"].Value] = true;
            }
        }
        else if (!ShowDatabases().IsMatch(statement))
        {
            throw new RequestException(
                StatusCodes.Status400BadRequest,
                "error parsing query: only CREATE DATABASE and SHOW DATABASES are known here; queries are PromQL, at /api/v1/query");
        }
    }

    private void WriteResult(JsonOutput output, string statement)
    {
        if (!ShowDatabases().IsMatch(statement))
        {
            return;
        }

        output.Raw(",\"series\":[{\"name\":\"databases\",\"columns\":[\"name\"],\"values\":["u8);
        bool isFirst = true;
        foreach (string name in _names.Keys.Order(StringComparer.Ordinal))
        {
            output.Raw(isFirst ? "["u8 : ",["u8);
            output.Text(name);
            output.Raw("]"u8);
            isFirst = false;
        }

        output.Raw("]}]"u8);
    }

    [GeneratedRegex("""^\s*CREATE\s+DATABASE\s+("(?<name>[^"]+)"|(?<name>\w+))(\s+WITH\s.*)?$""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex CreateDatabase();

    [GeneratedRegex("""^\s*SHOW\s+DATABASES\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex ShowDatabases();
}

namespace Tsdb.Server.Endpoints.Operations;

/// <summary>What the OpenAPI document says of an endpoint's parameters and body; metadata of the endpoint.</summary>
/// <param name="Parameters">Its parameters, in the URL's query or, for a POST with a form, in the form.</param>
internal sealed record EndpointDocumentation(IReadOnlyList<DocumentedParameter> Parameters);

/// <summary>Marks an endpoint whose body is line protocol, whatever content type the client claims.</summary>
internal sealed record LineProtocolBody;

/// <summary>Attaches documentation to endpoints.</summary>
internal static class EndpointDocumentationExtensions
{
    /// <summary>Says what an endpoint does and takes.</summary>
    public static IEndpointConventionBuilder Documented(
        this IEndpointConventionBuilder endpoint, string tag, string summary, string description, params DocumentedParameter[] parameters) => endpoint
        .WithTags(tag)
        .WithSummary(summary)
        .WithDescription(description)
        .WithMetadata(new EndpointDocumentation(parameters))
        .Described();

    /// <summary>Says that an endpoint's body is line protocol.</summary>
    public static IEndpointConventionBuilder TakesLineProtocol(this IEndpointConventionBuilder endpoint) =>
        endpoint.WithMetadata(new LineProtocolBody());

    // The document lists endpoints that carry their handler's method, which those that take the whole request do not by themselves.
    private static IEndpointConventionBuilder Described(this IEndpointConventionBuilder endpoint)
    {
        endpoint.Add(builder =>
        {
            if (builder.RequestDelegate is { } handler)
            {
                builder.Metadata.Add(handler.Method);
            }
        });
        return endpoint;
    }
}

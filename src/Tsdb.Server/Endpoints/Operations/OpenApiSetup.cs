using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tsdb.Server.Endpoints.Operations;

/// <summary>Builds the OpenAPI document from the endpoints' own documentation.</summary>
internal static class OpenApiSetup
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Adds the document's services.</summary>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "TsdbServer",
                Version = ProductVersion.Text,
                Description = "A time series database: Influx line protocol and Prometheus remote write in, PromQL out. The read API is Prometheus'.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Describe);
    });

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        DocumentedBody? body = metadata.OfType<DocumentedBody>().FirstOrDefault();
        bool hasForm = context.Description.HttpMethod == HttpMethods.Post && body is null;
        if (metadata.OfType<EndpointDocumentation>().FirstOrDefault() is { Parameters.Count: > 0 } documentation)
        {
            if (hasForm)
            {
                operation.RequestBody = Form(documentation.Parameters);
            }
            else
            {
                operation.Parameters = [.. operation.Parameters ?? [], .. documentation.Parameters.Select(Parameter)];
            }
        }

        if (body is not null)
        {
            operation.RequestBody = Body(body);
        }

        AddPathParameters(operation, context.Description.RelativePath ?? "");
        return Task.CompletedTask;
    }

    // Handlers take the whole request, so the document's generator cannot see which parts of the path they read.
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        int open = path.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return;
        }

        string name = path[(open + 1)..path.IndexOf('}', StringComparison.Ordinal)];
        if (operation.Parameters?.Any(parameter => parameter.Name == name) != true)
        {
            operation.Parameters = [
                new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = Text() },
                .. operation.Parameters ?? [],
            ];
        }
    }

    private static IOpenApiParameter Parameter(DocumentedParameter parameter) => new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Required = parameter.IsRequired,
        Schema = Schema(parameter),
    };

    private static OpenApiRequestBody Form(IReadOnlyList<DocumentedParameter> parameters)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = parameters.ToDictionary(parameter => parameter.Name, IOpenApiSchema (parameter) => Schema(parameter)),
            Required = parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name).ToHashSet(),
        };
        return new OpenApiRequestBody { Content = new Dictionary<string, OpenApiMediaType> { [FormType] = new() { Schema = schema } } };
    }

    private static OpenApiRequestBody Body(DocumentedBody body) => new()
    {
        Required = true,
        Description = body.Description,
        Content = body.Types.ToDictionary(type => type, _ => new OpenApiMediaType
        {
            Schema = body.Example is null ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } : Text(),
            Example = body.Example is null ? null : JsonValue.Create(body.Example),
        }),
    };

    private static OpenApiSchema Schema(DocumentedParameter parameter) => parameter.IsRepeatable
        ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(), Description = parameter.Description }
        : new OpenApiSchema { Type = JsonSchemaType.String, Description = parameter.Description };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}

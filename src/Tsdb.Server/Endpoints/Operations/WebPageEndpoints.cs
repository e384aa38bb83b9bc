using System.Reflection;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Operations;

/// <summary>The web page at <c>/</c> and its parts: files of <c>wwwroot</c>, carried in the assembly so that the server runs from any folder.</summary>
internal sealed class WebPageEndpoints : IEndpoint
{
    private static readonly (string Path, string Resource, string ContentType)[] Files =
    [
        ("/", "wwwroot/index.html", "text/html; charset=utf-8"),
        ("/style.css", "wwwroot/style.css", "text/css; charset=utf-8"),
        ("/app.js", "wwwroot/app.js", "text/javascript; charset=utf-8"),
    ];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string resource, string contentType) in Files)
        {
            byte[] content = Read(resource);
            routes.MapGet(path, context => AnswerAsync(context, content, contentType)).ExcludeFromDescription().WithMetadata(ErrorForm.Plain);
        }
    }

    private static async Task AnswerAsync(HttpContext context, byte[] content, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-cache";

        // The page shows what the database says, label values included: nothing but its own script may run in it.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
        await context.Response.BodyWriter.WriteAsync(content, context.RequestAborted);
    }

    private static byte[] Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

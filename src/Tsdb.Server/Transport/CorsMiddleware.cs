using Tsdb.Server.Configuration;

namespace Tsdb.Server.Transport;

/// <summary>Lets web pages of the allowed origin call the query API from a browser, as Prometheus does; answers OPTIONS.</summary>
internal sealed class CorsMiddleware(RequestDelegate next, ServerOptions options)
{
    private const string AnyOrigin = "*";
    private const string NoOrigin = "none";

    /// <summary>Serves a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal))
        {
            return next(context);
        }

        string origin = context.Request.Headers.Origin.ToString();
        string allowed = options.Http.AllowedOrigin;
        if (origin.Length > 0 && allowed != NoOrigin && (allowed == AnyOrigin || allowed == origin))
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = allowed;
            headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            headers.AccessControlAllowHeaders = "Accept, Authorization, Content-Type, Origin";
            headers.AccessControlExposeHeaders = "Date";
            headers.Vary = "Origin";
        }

        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}

namespace Tsdb.Server.Transport;

/// <summary>Turns what endpoints throw into answers in the endpoint's <see cref="ErrorForm"/>, and says in words what an unknown path or method is.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    /// <summary>Serves a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && context.GetEndpoint() is null)
            {
                await ErrorForm.Plain.WriteAsync(context, new Failure(StatusCodes.Status404NotFound, "not_found", "404 page not found"));
            }
            else if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
            {
                string sentence = $"{context.Request.Path} does not know {context.Request.Method}, only {context.Response.Headers.Allow}.";
                await ErrorForm.Plain.WriteAsync(context, new Failure(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", sentence));
            }
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        var failure = Failure.Of(error, context.RequestAborted.IsCancellationRequested);
        if (failure.Status == StatusCodes.Status500InternalServerError)
        {
            LogFailed(logger, error, context.Request.Method, context.Request.Path);
        }

        if (context.Response.HasStarted || failure.Status == StatusCodes.Status499ClientClosedRequest)
        {
            // Half an answer must not look like a whole one; and nobody waits for a 499.
            context.Abort();
            return;
        }

        context.Response.Clear();
        ErrorForm form = context.GetEndpoint()?.Metadata.GetMetadata<ErrorForm>() ?? ErrorForm.Plain;
        await form.WriteAsync(context, failure);
    }

    [LoggerMessage(4, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string path);
}

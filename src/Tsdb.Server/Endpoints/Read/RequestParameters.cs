using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Tsdb.Ingest;
using Tsdb.Server.Configuration;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>The parameters of an API request, from its form and its URL; where both have one, the form's comes first, as in Prometheus.</summary>
internal sealed class RequestParameters
{
    private readonly IQueryCollection _query;
    private readonly IFormCollection? _form;

    private RequestParameters(IQueryCollection query, IFormCollection? form)
    {
        _query = query;
        _form = form;
    }

    /// <summary>Reads a request's parameters.</summary>
    /// <exception cref="RequestException">The form is none.</exception>
    /// <exception cref="RequestTooLargeException">The form is larger than the setting allows.</exception>
    public static async ValueTask<RequestParameters> ReadAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            return new RequestParameters(context.Request.Query, null);
        }

        long limitBytes = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? long.MaxValue;
        RequestBody.CheckDeclaredLength(context, limitBytes, Settings.HttpMaxRequestBytes);
        try
        {
            return new RequestParameters(context.Request.Query, await context.Request.ReadFormAsync(context.RequestAborted));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new RequestTooLargeException(limitBytes, Settings.HttpMaxRequestBytes.Key);
        }
        catch (InvalidDataException error)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"error parsing form values: {error.Message}");
        }
    }

    /// <summary>A parameter's value; null when it is missing or empty.</summary>
    public string? Find(string name) => All(name) is [{ Length: > 0 } first, ..] ? first : null;

    /// <summary>Every value of a parameter that may be repeated.</summary>
    public IReadOnlyList<string> All(string name)
    {
        StringValues all = StringValues.Concat(_form is null ? default : _form[name], _query[name]);
        return [.. all.Select(value => value ?? "")];
    }

    /// <summary>A parameter the request must have.</summary>
    public string Text(string name) => Find(name) ?? throw RequestException.InvalidParameter(name, "it is missing or empty");

    /// <summary>A time in milliseconds, or <paramref name="missing"/>.</summary>
    public long Time(string name, long missing) => Find(name) is { } text ? ParseTime(name, text) : missing;

    /// <summary>A time in milliseconds that the request must have.</summary>
    public long Time(string name) => ParseTime(name, Find(name) ?? "");

    /// <summary>A duration, or null.</summary>
    public TimeSpan? Duration(string name) => Find(name) is { } text ? ParseDuration(name, text) : null;

    /// <summary>A duration that the request must have.</summary>
    public TimeSpan RequiredDuration(string name) => ParseDuration(name, Find(name) ?? "");

    /// <summary>The most results wanted; <see cref="int.MaxValue"/> when there is no limit (0 means none, too).</summary>
    public int Limit()
    {
        if (Find("limit") is not { } text)
        {
            return int.MaxValue;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int limit) && limit >= 0
            ? (limit == 0 ? int.MaxValue : limit)
            : throw RequestException.InvalidParameter("limit", "limit must be a non-negative number");
    }

    private static long ParseTime(string name, string text) => RequestTime.TryParse(text, out long milliseconds)
        ? milliseconds
        : throw RequestException.InvalidParameter(name, $"cannot parse \"{text}\" to a valid timestamp");

    private static TimeSpan ParseDuration(string name, string text) => RequestTime.TryParseDuration(text, out TimeSpan duration, out bool overflows)
        ? duration
        : throw RequestException.InvalidParameter(
            name, $"cannot parse \"{text}\" to a valid duration" + (overflows ? ". It overflows int64" : ""));
}

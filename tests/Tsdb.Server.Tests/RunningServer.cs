using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tsdb.Server.Configuration;
using Tsdb.Server.Tests.Configuration;
using Tsdb.Testing.Files;

namespace Tsdb.Server.Tests;

/// <summary>The whole server in the test's process, on a free port, with a data folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder;
    private readonly WebApplication _application;

    private RunningServer(TemporaryDirectory folder, WebApplication application)
    {
        _folder = folder;
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    /// <summary>A client of the server.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts a server and waits until its database is open.</summary>
    public static async Task<RunningServer> StartAsync(params (string Key, string Value)[] settings)
    {
        RunningServer server = await StartAsync(_ => { }, settings);
        await server._application.Services.GetRequiredService<DatabaseHost>().WhenReady;
        return server;
    }

    /// <summary>Starts a server that never opens its database.</summary>
    public static Task<RunningServer> StartUnopenedAsync() => StartAsync(services =>
    {
        ServiceDescriptor opener = services.Single(service =>
            service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(DatabaseHost));
        services.Remove(opener);
    });

    /// <summary>Posts line protocol.</summary>
    public async Task<Answer> WriteAsync(string path, string lines, string? encoding = null) =>
        await WriteAsync(path, System.Text.Encoding.UTF8.GetBytes(lines), encoding);

    /// <summary>Posts a body that may be encoded.</summary>
    public async Task<Answer> WriteAsync(string path, byte[] body, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=utf-8");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await Answer.OfAsync(await Client.PostAsync(path, content));
    }

    /// <summary>Gets a path.</summary>
    public async Task<Answer> GetAsync(string path) => await Answer.OfAsync(await Client.GetAsync(path));

    /// <summary>Posts a form.</summary>
    public async Task<Answer> PostFormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Answer.OfAsync(await Client.PostAsync(path, form));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<RunningServer> StartAsync(Action<IServiceCollection> adjust, params (string Key, string Value)[] settings)
    {
        var folder = new TemporaryDirectory();
        ServerOptions options = SettingTests.Read(
            [("DataDirectory", folder["data"]), ("Listen", "http://127.0.0.1:0"), ("Storage:MemtableBytes", "4MiB"), .. settings]);
        WebApplication application = ServerApplication.Build(options, adjust: services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            adjust(services);
        });
        await application.StartAsync();
        return new RunningServer(folder, application);
    }
}

/// <summary>A response, read whole.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The member "data" of the body.</summary>
    public JsonElement Data => Json.GetProperty("data");

    /// <summary>The body as JSON without the spaces between.</summary>
    public string Result => Data.GetProperty("result").GetRawText();

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
        }
    }

    public string? Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(',', values) : null;
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>The real server in a process of its own, on a free port.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [ServerPath, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Observe(line.Data, _outputEnded);
        _process.ErrorDataReceived += (_, line) => Observe(line.Data, _errorsEnded);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The server ended before it was ready."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>A client of the server; valid once it is ready.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Everything the server printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    // bin/Debug/net10.0 here, bin/Debug/net10.0 there.
    private static string ServerPath
    {
        get
        {
            string build = Path.GetRelativePath(Path.Combine(RepositoryPaths.Root, "tests", "Tsdb.EndToEnd.Tests"), AppContext.BaseDirectory);
            return Path.Combine(RepositoryPaths.Root, "src", "Tsdb.Server", build, "Tsdb.Server.dll");
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, params string[] arguments)
    {
        ServerProcess server = Launch(dataDirectory, arguments);
        try
        {
            await server._ready.Task.WaitAsync(Patience);
            server.Client = new HttpClient { BaseAddress = await server.ListeningAsync() };
            return server;
        }
        catch (Exception error)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not start: {server.Output}", error);
        }
    }

    /// <summary>Starts a server and does not wait for anything.</summary>
    public static ServerProcess Launch(string dataDirectory, params string[] arguments) =>
        new(["--data-dir", dataDirectory, "--listen", "http://127.0.0.1:0", .. arguments]);

    /// <summary>Completes when the server listens, which it does before its database is open; gives its address.</summary>
    public Task<Uri> ListeningAsync() => _listening.Task.WaitAsync(Patience);

    /// <summary>Runs a server that is expected to end by itself.</summary>
    /// <returns>Its exit code and all it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var server = new ServerProcess(arguments);
        int exitCode = await server.WaitForExitAsync();
        return (exitCode, server.Output);
    }

    /// <summary>The most memory, in bytes, the process ever had in use.</summary>
    public long PeakMemoryBytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Posts line protocol; returns the status.</summary>
    public async Task<int> WriteAsync(string lines)
    {
        using var content = new StringContent(lines);
        using HttpResponseMessage response = await Client.PostAsync("/write", content);
        return (int)response.StatusCode;
    }

    /// <summary>Evaluates an expression; returns the result's JSON.</summary>
    public async Task<JsonElement> QueryAsync(string query, double timeSeconds)
    {
        string time = timeSeconds.ToString(CultureInfo.InvariantCulture);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", query), KeyValuePair.Create("time", time)]);
        using HttpResponseMessage response = await Client.PostAsync("/api/v1/query", form);
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("result");
    }

    /// <summary>Evaluates an expression that gives one series or none; returns its value, NaN for none.</summary>
    public async Task<double> QueryNumberAsync(string query, double timeSeconds)
    {
        JsonElement result = await QueryAsync(query, timeSeconds);
        return result.GetArrayLength() == 0 ? double.NaN : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Asks the process to end, as kill does; completes when the signal is sent.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the process's end, and until all it printed has been read; returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await Task.WhenAll(_outputEnded.Task, _errorsEnded.Task).WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await WaitForExitAsync();
        _process.Dispose();
    }

    private void Observe(string? line, TaskCompletionSource ended)
    {
        if (line is null)
        {
            ended.TrySetResult();
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (ListeningLine().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
        }

        if (line.Contains("Ready:", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    [GeneratedRegex("listens on (?<url>http://[0-9.:]+)")]
    private static partial Regex ListeningLine();
}

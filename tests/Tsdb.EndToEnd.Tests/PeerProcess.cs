using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Tsdb.EndToEnd.Tests;

/// <summary>A program of another project, such as Prometheus or vmagent, in a process of its own.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private PeerProcess(string path, Uri address, IEnumerable<string> arguments)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.OutputDataReceived += (_, line) => Observe(line.Data);
        _process.ErrorDataReceived += (_, line) => Observe(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>A client of the program's HTTP interface.</summary>
    public HttpClient Client { get; }

    /// <summary>Everything the program printed so far.</summary>
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

    /// <summary>Looks for a program on the PATH, in the folder named by TSDB_PEERS_DIR, and where the side-by-side benchmarks unpack it.</summary>
    public static bool TryFind(string program, [NotNullWhen(true)] out string? path)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        IEnumerable<string?> folders =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            Environment.GetEnvironmentVariable("TSDB_PEERS_DIR"),
            Path.Combine(home, ".cache", "tsdb-peers", "usr", "bin"),
        ];
        path = folders.Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => Path.Combine(folder!, program)).FirstOrDefault(File.Exists);
        return path is not null;
    }

    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and waits until a path of it answers 200.</summary>
    public static async Task<PeerProcess> StartAsync(string path, int port, string readyPath, params string[] arguments)
    {
        var peer = new PeerProcess(path, new Uri($"http://127.0.0.1:{port}"), arguments);
        await Eventually.HoldsAsync(() => peer.AnswersAsync(readyPath), Patience, () => $"{path} does not answer: {peer.Output}");
        return peer;
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

    /// <summary>Asks the process to end, as kill does, and waits until it has: it sends what it has not sent yet.</summary>
    public async Task TerminateAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using HttpResponseMessage response = await Client.GetAsync(path);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Observe(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
        }
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using Tsdb.Testing.Files;

namespace Tsdb.EndToEnd.Tests;

/// <summary>A disk that is really full: writes are refused and told when to come back, queries go on, and nothing acknowledged is lost.</summary>
public sealed class FullDiskTests
{
    private const long FirstSecond = 1_700_000_000;

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Write_DiskFull_Answers503UntilThereIsSpaceAndLosesNothing()
    {
        using SmallDisk? disk = SmallDisk.TryMount(_folder["disk"], mebibytes: 48);
        if (disk is null)
        {
            TestContext.Out.WriteLine("Nothing was checked: this user may not mount a file system.");
            return;
        }

        string data = Path.Combine(_folder["disk"], "data");
        int acknowledged = 0;
        await using (ServerProcess server = await ServerProcess.StartAsync(data, "--storage-shard-count", "1", "--storage-wal-segment-bytes", "1MiB"))
        {
            acknowledged = await WriteAsync(server, acknowledged, requests: 20);
            disk.Fill();
            (HttpResponseMessage refused, acknowledged) = await WriteUntilRefusedAsync(server, acknowledged);
            string text = await refused.Content.ReadAsStringAsync();
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), text);
            Assert.That(text, Does.Contain("is full: writes are refused until there is space"));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            await CheckAsync(server, acknowledged);

            disk.Free();
            await RetryAsync(server, acknowledged++, refused.Headers.RetryAfter!.Delta!.Value);
            acknowledged = await WriteAsync(server, acknowledged, requests: 20);
            await CheckAsync(server, acknowledged);
            await server.KillAsync();
        }

        await using (ServerProcess again = await ServerProcess.StartAsync(data, "--storage-shard-count", "1"))
        {
            await CheckAsync(again, acknowledged);
        }
    }

    // Each request has one number of its own and a megabyte of others.
    private static StringContent Body(int request)
    {
        var lines = new StringBuilder();
        lines.Append(CultureInfo.InvariantCulture, $"full value={request} {FirstSecond + request}000000000\n");
        for (int i = 0; i < 2000; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"ballast,i={i} value={(request * 31) + (i * 0.37)} {FirstSecond + request}000000000\n");
        }

        return new StringContent(lines.ToString());
    }

    private static async Task<int> WriteAsync(ServerProcess server, int first, int requests)
    {
        for (int request = first; request < first + requests; request++)
        {
            using HttpResponseMessage response = await server.Client.PostAsync("/write", Body(request));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent), await response.Content.ReadAsStringAsync());
        }

        return first + requests;
    }

    // Returns the refusal, and which request it was.
    private static async Task<(HttpResponseMessage Refused, int Request)> WriteUntilRefusedAsync(ServerProcess server, int first)
    {
        for (int request = first; request < first + 1000; request++)
        {
            HttpResponseMessage response = await server.Client.PostAsync("/write", Body(request));
            if (response.StatusCode != HttpStatusCode.NoContent)
            {
                return (response, request);
            }

            response.Dispose();
        }

        throw new InvalidOperationException("The full disk took everything.");
    }

    // As a client does: the same request again after the time the server asked for.
    private static async Task RetryAsync(ServerProcess server, int request, TimeSpan wait)
    {
        for (int attempt = 0; attempt < 30; attempt++)
        {
            await Task.Delay(wait);
            using HttpResponseMessage response = await server.Client.PostAsync("/write", Body(request));
            if (response.StatusCode == HttpStatusCode.NoContent)
            {
                return;
            }
        }

        Assert.Fail("The server did not take writes again though there is space.");
    }

    // A refused request may have left its samples, or some of them, or none.
    private static async Task CheckAsync(ServerProcess server, int acknowledged)
    {
        const double time = FirstSecond + 1_000_000;
        Assert.That(await server.QueryNumberAsync("count_over_time(full[30d])", time), Is.EqualTo(acknowledged).Or.EqualTo(acknowledged + 1));
        Assert.That(
            await server.QueryNumberAsync("sum(count_over_time(ballast[30d]))", time),
            Is.GreaterThanOrEqualTo(acknowledged * 2000.0).And.LessThanOrEqualTo((acknowledged + 1) * 2000.0));
    }
}

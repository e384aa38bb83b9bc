using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tsdb.EndToEnd.Tests;

/// <summary>One connection that writes sample after sample, and remembers what was sent and what was acknowledged.</summary>
internal sealed class CrashWriter(int round, int connection)
{
    private const int LinesPerRequest = 40;
    private const long FirstSecond = 1_700_000_000;

    /// <summary>How many samples were sent, acknowledged or not.</summary>
    public int Sent { get; private set; }

    /// <summary>How many samples were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Writes until the server refuses or is gone; releases the semaphore at each acknowledgement.</summary>
    public async Task RunAsync(ServerProcess server, SemaphoreSlim acknowledged)
    {
        while (true)
        {
            // What was sent but not acknowledged is sent again, as a client would.
            var lines = new StringBuilder();
            for (int i = Acknowledged; i < Acknowledged + LinesPerRequest; i++)
            {
                lines.Append(CultureInfo.InvariantCulture, $"crash,round={round},connection={connection} value={i} {FirstSecond + i}000000000\n");
            }

            Sent = Acknowledged + LinesPerRequest;
            try
            {
                if (await server.WriteAsync(lines.ToString()) != 204)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                return; // killed
            }

            Acknowledged = Sent;
            acknowledged.Release();
        }
    }

    /// <summary>The indexes of the samples that are there, each of which must have the value and the time it was sent with.</summary>
    public async Task<List<int>> ReadAsync(ServerProcess server)
    {
        JsonElement result = await server.QueryAsync($"crash{{round=\"{round}\",connection=\"{connection}\"}}[30d]", FirstSecond + 1_000_000);
        var present = new List<int>();
        if (result.GetArrayLength() == 0)
        {
            return present;
        }

        foreach (JsonElement point in result[0].GetProperty("values").EnumerateArray())
        {
            int index = int.Parse(point[1].GetString()!, CultureInfo.InvariantCulture);
            Assert.That(point[0].GetDouble(), Is.EqualTo(FirstSecond + index));
            present.Add(index);
        }

        return present;
    }
}

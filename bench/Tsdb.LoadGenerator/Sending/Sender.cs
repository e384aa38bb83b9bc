namespace Tsdb.LoadGenerator.Sending;

/// <summary>Sends the bodies of a plan over several connections; whichever is free takes the next.</summary>
/// <param name="plan">What to send where.</param>
internal sealed class Sender(SendPlan plan) : IDisposable
{
    private readonly CancellationTokenSource _stop = new(); // when a connection failed
    private long _next = -1;      // the body taken last
    private Exception? _failure;  // the first of a connection; set once
    private long _endTimestamp;   // when to stop repeating; set before the threads start

    /// <summary>Connects, sends everything and waits for every answer. Call it once.</summary>
    /// <param name="elapsed">From the first byte to the last answer; connecting is not in it.</param>
    /// <exception cref="IOException">A connection failed; what the others had sent is not told.</exception>
    public SendResult Run(out TimeSpan elapsed)
    {
        var head = new RequestHead(plan.Uri, plan.Headers);
        var connections = new SendConnection[plan.Connections];
        for (int i = 0; i < connections.Length; i++)
        {
            connections[i] = new SendConnection(plan, head, _stop.Token);
        }

        long start = TimeProvider.System.GetTimestamp();
        _endTimestamp = plan.RepeatFor > TimeSpan.Zero ? start + (long)(plan.RepeatFor.TotalSeconds * TimeProvider.System.TimestampFrequency) : 0;
        Thread[] threads = [.. connections.Select(connection => new Thread(() => Drive(connection)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        var result = new SendResult();
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i].Join();
            result.Merge(connections[i].Result);
            connections[i].Dispose();
        }

        elapsed = TimeProvider.System.GetElapsedTime(start);
        return _failure is null ? result : throw new IOException($"Sending failed after {result.Latencies.Count} answers: {_failure.Message}", _failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Drive(SendConnection connection)
    {
        try
        {
            while (Volatile.Read(ref _failure) is null && TryTake(out Body body))
            {
                connection.Send(body);
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            _stop.Cancel();
        }
    }

    private bool TryTake(out Body body)
    {
        int count = plan.Bodies.Bodies.Count;
        long taken = Interlocked.Increment(ref _next);
        body = plan.Bodies.Bodies[(int)(taken % count)];
        return _endTimestamp == 0 ? taken < count : TimeProvider.System.GetTimestamp() < _endTimestamp;
    }
}

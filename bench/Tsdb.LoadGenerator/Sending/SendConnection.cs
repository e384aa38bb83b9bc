using System.Net.Sockets;

namespace Tsdb.LoadGenerator.Sending;

/// <summary>One kept connection that sends one request at a time from a buffer of its own. Used by one thread.</summary>
internal sealed class SendConnection : IDisposable
{
    private const int MaxAttempts = 100;

    private static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(100);

    private readonly SendPlan _plan;
    private readonly RequestHead _head;
    private readonly CancellationToken _stop;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ResponseReader _responses;
    private readonly byte[] _request;
    private Body _body;        // what _request holds, so that one repeated body is read once
    private int _requestBytes;

    /// <summary>Connects.</summary>
    /// <param name="plan">What to send where.</param>
    /// <param name="head">What each request begins with.</param>
    /// <param name="stop">Ends the waiting for a busy server.</param>
    public SendConnection(SendPlan plan, RequestHead head, CancellationToken stop)
    {
        _plan = plan;
        _head = head;
        _stop = stop;
        _request = new byte[head.MaxBytes + plan.Bodies.MaxBodyBytes];
        _responses = new ResponseReader(destination => _socket.Receive(destination));
        _socket.Connect(plan.Uri.Host, plan.Uri.Port);
    }

    /// <summary>What came of it so far.</summary>
    public SendResult Result { get; } = new();

    /// <summary>Sends a body and waits for its answer; sends it again while the server says that it is busy.</summary>
    /// <exception cref="IOException">The connection failed.</exception>
    public void Send(Body body)
    {
        if (body != _body)
        {
            int headBytes = _head.Write(body.LengthBytes, _request);
            _plan.Bodies.Read(body, _request.AsSpan(headBytes));
            _body = body;
            _requestBytes = headBytes + body.LengthBytes;
        }

        for (int attempt = 1; ; attempt++)
        {
            int status = SendOnce();
            Result.Statuses[status] = Result.Statuses.GetValueOrDefault(status) + 1;
            if (status is >= 200 and < 300)
            {
                Result.AcceptedSamples += body.SampleCount;
                Result.AcceptedBytes += body.LengthBytes;
                return;
            }

            if (Result.FirstRefusal.Length == 0)
            {
                Result.FirstRefusal = _responses.BodyStart;
            }

            if (status is not (429 or 503) || attempt == MaxAttempts || _stop.IsCancellationRequested)
            {
                return;
            }

            _stop.WaitHandle.WaitOne(BusyDelay);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int SendOnce()
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int sent = 0; sent < _requestBytes;)
        {
            sent += _socket.Send(_request.AsSpan(sent, _requestBytes - sent));
        }

        int status = _responses.ReadStatus();
        Result.Latencies.Add((long)TimeProvider.System.GetElapsedTime(start).TotalMicroseconds);
        return status;
    }
}

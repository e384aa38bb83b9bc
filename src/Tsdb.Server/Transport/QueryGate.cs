using Tsdb.Model.Errors;
using Tsdb.Server.Configuration;

namespace Tsdb.Server.Transport;

/// <summary>
/// Runs queries on threads of their own, a limited number at once, with a limited queue, a timeout, and an end when the client leaves. Safe for
/// concurrent use.
/// </summary>
internal sealed class QueryGate(QueryOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrency, options.MaxConcurrency);
    private int _admitted; // running and waiting

    /// <summary>Queries that run or wait for their turn.</summary>
    public int Admitted => Volatile.Read(ref _admitted);

    /// <summary>Runs a query when it is its turn.</summary>
    /// <param name="query">The work; it watches the token it is given.</param>
    /// <param name="timeout">A timeout the client asked for; only a shorter one than the setting's counts.</param>
    /// <param name="clientLeft">Ends the query when the client leaves.</param>
    /// <exception cref="UnavailableException">The queue is full.</exception>
    /// <exception cref="TimeoutException">The query ran or waited too long.</exception>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> query, TimeSpan? timeout, CancellationToken clientLeft)
    {
        Admit();
        TimeSpan allowed = timeout < options.Timeout ? timeout.Value : options.Timeout;
        using var expiry = new CancellationTokenSource(allowed, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, clientLeft);
        bool isRunning = false;
        try
        {
            await _slots.WaitAsync(stop.Token);
            isRunning = true;
            return await Task.Run(() => query(stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (expiry.IsCancellationRequested && !clientLeft.IsCancellationRequested)
        {
            string place = isRunning ? "expression evaluation" : "the query queue";
            throw new TimeoutException($"query timed out in {place}: it took longer than {PrometheusDuration.Format(allowed)} (setting {Settings.QueryTimeout.Key}).");
        }
        finally
        {
            if (isRunning)
            {
                _slots.Release();
            }

            Interlocked.Decrement(ref _admitted);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private void Admit()
    {
        if (Interlocked.Increment(ref _admitted) > options.MaxConcurrency + options.QueueLength)
        {
            Interlocked.Decrement(ref _admitted);
            throw new UnavailableException(
                $"{options.MaxConcurrency} queries are running and {options.QueueLength} are waiting (settings {Settings.QueryMaxConcurrency.Key} and " +
                $"{Settings.QueryQueueLength.Key}).",
                TimeSpan.FromSeconds(1));
        }
    }
}

using Tsdb.Model.Errors;

namespace Tsdb.Query.Planning;

/// <summary>What one query holds in memory, against what it may: it fails alone instead of taking the process with it. Used by one thread.</summary>
internal sealed class QueryBudget
{
    private readonly long _maxSamples;
    private readonly long _maxBytes;
    private long _samples;
    private long _bytes;

    /// <summary>Creates a budget that holds nothing.</summary>
    public QueryBudget(long maxSamples, long maxBytes)
    {
        _maxSamples = maxSamples;
        _maxBytes = maxBytes;
    }

    /// <summary>Most bytes held at one time.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Most samples held at one time.</summary>
    public long PeakSamples { get; private set; }

    /// <summary>Accounts for memory about to be taken.</summary>
    /// <exception cref="LimitExceededException">The query would hold more than it may.</exception>
    public void Take(long samples, long bytes)
    {
        _samples += samples;
        _bytes += bytes;
        if (_samples > _maxSamples)
        {
            throw new LimitExceededException(
                $"query processing would load too many samples into memory in query execution: it holds {_samples}",
                _maxSamples, nameof(QueryEngineOptions.MaxSamplesPerQuery));
        }

        if (_bytes > _maxBytes)
        {
            throw new LimitExceededException($"The query holds {_bytes} bytes", _maxBytes, nameof(QueryEngineOptions.MaxBytesPerQuery));
        }

        PeakBytes = Math.Max(PeakBytes, _bytes);
        PeakSamples = Math.Max(PeakSamples, _samples);
    }

    /// <summary>Accounts for memory let go.</summary>
    public void Give(long samples, long bytes)
    {
        _samples -= samples;
        _bytes -= bytes;
    }
}

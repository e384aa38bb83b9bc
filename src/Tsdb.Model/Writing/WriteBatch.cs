using Tsdb.Model.Histograms;
using Tsdb.Model.Placement;

namespace Tsdb.Model.Writing;

/// <summary>Samples of one request on their way to the engine, kept as one set of columns per shard. Not thread-safe; reusable.</summary>
public sealed class WriteBatch
{
    private readonly ShardColumns[] _shards;

    /// <summary>Creates an empty batch for an engine with <paramref name="shardCount"/> shards.</summary>
    public WriteBatch(int shardCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardCount);
        _shards = new ShardColumns[shardCount];
        for (int shard = 0; shard < shardCount; shard++)
        {
            _shards[shard] = new ShardColumns();
        }
    }

    /// <summary>Samples added since the batch was last appended.</summary>
    public int Count { get; private set; }

    /// <summary>The columns of each shard, by shard index. The engine reads and empties them and leaves its log positions in them.</summary>
    public ReadOnlySpan<ShardColumns> Shards => _shards;

    /// <summary>Adds one float sample.</summary>
    /// <param name="series">A handle from <see cref="IAppender.Resolve"/> of the appender this batch goes to.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="value">Any double; its bits are kept.</param>
    public void Add(SeriesHandle series, long timestampNs, double value)
    {
        _shards[series.Shard].Add(series.Series, timestampNs, value);
        Count++;
    }

    /// <summary>Adds samples of one time, such as the fields of a line: much cheaper than one by one.</summary>
    /// <param name="series">Handles from <see cref="IAppender.Resolve"/> of the appender this batch goes to.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="values">The value of each series.</param>
    /// <exception cref="ArgumentException">There are not as many values as series.</exception>
    public void Add(ReadOnlySpan<SeriesHandle> series, long timestampNs, ReadOnlySpan<double> values)
    {
        if (series.Length != values.Length)
        {
            throw new ArgumentException("There must be one value for each series.", nameof(values));
        }

        for (int start = 0; start < series.Length;)
        {
            // All fields of a line go to one shard, so this is nearly always one run.
            ushort shard = series[start].Shard;
            int end = start + 1;
            while (end < series.Length && series[end].Shard == shard)
            {
                end++;
            }

            _shards[shard].Add(series[start..end], timestampNs, values[start..end]);
            start = end;
        }

        Count += series.Length;
    }

    /// <summary>Adds one histogram sample.</summary>
    /// <remarks>Where a batch has a float and a histogram of one series and time, the histogram counts as the later one.</remarks>
    /// <param name="series">A handle from <see cref="IAppender.Resolve"/> of the appender this batch goes to.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="histogram">The histogram; encoded at once, not kept.</param>
    /// <exception cref="ArgumentException">Its counts do not fit its spans, or it is larger than <see cref="HistogramCodec.MaxLengthBytes"/>.</exception>
    public void AddHistogram(SeriesHandle series, long timestampNs, NativeHistogram histogram)
    {
        _shards[series.Shard].WithHistograms().Add(series.Series, timestampNs, histogram);
        Count++;
    }

    /// <summary>Adds one histogram sample that is encoded already.</summary>
    /// <param name="series">A handle from <see cref="IAppender.Resolve"/> of the appender this batch goes to.</param>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="encoded">What <see cref="HistogramCodec"/> wrote; copied.</param>
    /// <exception cref="ArgumentException">It is empty or larger than <see cref="HistogramCodec.MaxLengthBytes"/>.</exception>
    public void AddHistogram(SeriesHandle series, long timestampNs, ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length is 0 or > HistogramCodec.MaxLengthBytes)
        {
            throw new ArgumentException($"A histogram takes 1 to {HistogramCodec.MaxLengthBytes} bytes, not {encoded.Length}.", nameof(encoded));
        }

        _shards[series.Shard].WithHistograms().Add(series.Series, timestampNs, encoded);
        Count++;
    }

    /// <summary>Empties the columns; log positions to wait for are kept.</summary>
    public void ClearSamples()
    {
        foreach (ShardColumns shard in _shards)
        {
            shard.Clear();
        }

        Count = 0;
    }

    /// <summary>Empties the batch and forgets what it had to wait for, to serve another request.</summary>
    public void Reset()
    {
        ClearSamples();
        foreach (ShardColumns shard in _shards)
        {
            shard.LogPosition = 0;
        }
    }
}

namespace Tsdb.Storage.Shards;

/// <summary>
/// Says from two counts when a shard's series come and go so fast that a memtable should be frozen before it is full, so that those which are gone can
/// leave memory: a brief series takes little of a memtable, and a full one would hold hundreds of thousands of them.
/// </summary>
/// <remarks>
/// Churn is that new series keep coming although those there have had several samples each. The first load of many series is none, as while it brings new
/// ones each has had one sample; nor is a set of series that stays, or one written at different intervals, of which ever fewer appear for the first time.
/// Nothing is done per sample. Not thread-safe: the shard's lock guards it.
/// </remarks>
internal sealed class ChurnMeter
{
    /// <summary>Fewer series in a memtable are never churn: a memtable of so few is not worth a block.</summary>
    public const long LeastSeries = 50_000;

    private const int SamplesPerSeries = 2; // on average, so that the series that are written on have been written again
    private const int GrowthShare = 8;      // growth counts from an eighth of the series on,
    private const int WindowShare = 4;      // within a quarter more samples

    private long _series;
    private long _samplesAtEnd;    // of the window of samples under way
    private long _seriesAtStart;   // of it

    /// <summary>Begins with a memtable that holds some series already.</summary>
    public ChurnMeter(long series = 0) => Begin(series);

    /// <summary>True when the memtable should be frozen; stays so until <see cref="Begin"/>.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Begins with a new memtable.</summary>
    /// <param name="series">How many series it holds already.</param>
    public void Begin(long series = 0)
    {
        _series = series;
        _seriesAtStart = series;
        _samplesAtEnd = 0;
        IsDue = false;
    }

    /// <summary>Takes account of a batch.</summary>
    /// <param name="newSeries">How many series were written to the memtable for the first time.</param>
    /// <param name="samples">How many samples the memtable holds now.</param>
    public void Observe(int newSeries, long samples)
    {
        _series += newSeries;
        if (samples < _samplesAtEnd)
        {
            return;
        }

        long growth = _series - _seriesAtStart;
        IsDue |= _series >= LeastSeries && HaveReturned(samples) && growth * GrowthShare >= _series;
        _seriesAtStart = _series;
        _samplesAtEnd = samples + (samples / WindowShare);
    }

    /// <summary>True when the series of the memtable have been written more than once on average: those not written since it began are likely gone.</summary>
    /// <param name="samples">How many samples the memtable holds.</param>
    public bool HaveReturned(long samples) => samples >= _series * SamplesPerSeries;
}

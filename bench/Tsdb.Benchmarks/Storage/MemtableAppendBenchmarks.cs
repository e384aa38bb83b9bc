using BenchmarkDotNet.Attributes;
using Tsdb.Benchmarks.Data;
using Tsdb.Model.Time;
using Tsdb.Storage.Memtable;

namespace Tsdb.Benchmarks.Storage;

/// <summary>
/// Appending to a memtable of 40,000 series in the order in which samples arrive: one of each series, then the next of each. Times are per sample;
/// each run fills a memtable of its own.
/// </summary>
[MemoryDiagnoser]
public class MemtableAppendBenchmarks
{
    private const int SeriesCount = 40_000;
    private const int Rounds = 100;
    private const int SampleCount = SeriesCount * Rounds;
    private const int ShapeCount = 500; // columns that series share, so that the input does not fill the caches

    private readonly uint[] _slots = [.. Enumerable.Range(0, SeriesCount).Select(slot => (uint)slot)];
    private readonly long[] _timestampsNs = new long[SampleCount];
    private readonly double[] _values = new double[SampleCount];
    private readonly SeriesColumns[] _columns = new SeriesColumns[ShapeCount];
    private ShardMemtable _memtable = new();

    /// <summary>The kind of series.</summary>
    [Params(SeriesShape.TsbsInteger, SeriesShape.Gauge, SeriesShape.FullPrecision)]
    public SeriesShape Shape { get; set; }

    /// <summary>Makes the samples.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < ShapeCount; i++)
        {
            _columns[i] = SeriesColumns.Create(Shape, Rounds, seed: i);
        }

        for (int i = 0; i < SampleCount; i++)
        {
            SeriesColumns columns = _columns[i % SeriesCount % ShapeCount];
            _timestampsNs[i] = columns.TimestampsNs[i / SeriesCount];
            _values[i] = columns.Values[i / SeriesCount];
        }
    }

    /// <summary>Begins an empty memtable.</summary>
    [IterationSetup]
    public void BeginMemtable() => _memtable = new ShardMemtable();

    /// <summary>Gives the memory back and prints how much of it a sample took.</summary>
    [IterationCleanup]
    public void EndMemtable()
    {
        Console.WriteLine($"// {(double)_memtable.ArenaBytes / _memtable.SampleCount:F2} bytes per sample");
        _memtable.Release();
    }

    /// <summary>Appends in order.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void InOrder()
    {
        for (int i = 0; i < Rounds; i++)
        {
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                SeriesColumns columns = _columns[slot % ShapeCount];
                _memtable.Append(slot, columns.TimestampsNs[i], columns.Values[i]);
            }
        }
    }

    /// <summary>As <see cref="InOrder"/>, in batches of 1,000 samples.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void InOrderBatches()
    {
        const int batch = 1000;
        for (int start = 0; start < SampleCount; start += batch)
        {
            _memtable.Append(_slots.AsSpan(start % SeriesCount, batch), _timestampsNs.AsSpan(start, batch), _values.AsSpan(start, batch));
        }
    }

    /// <summary>Appends one sample of each series in every chunk's window, so that each sample links a node: the price of a node and its chunk.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void NodePerSample()
    {
        for (int i = 0; i < Rounds; i++)
        {
            long timestampNs = i * 7200 * Timestamps.NsPerSecond;
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                _memtable.Append(slot, timestampNs, i);
            }
        }
    }

    /// <summary>As <see cref="InOrder"/>, but each series' samples newest first: all but one are late.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void NewestFirst()
    {
        for (int i = Rounds - 1; i >= 0; i--)
        {
            for (uint slot = 0; slot < SeriesCount; slot++)
            {
                SeriesColumns columns = _columns[slot % ShapeCount];
                _memtable.Append(slot, columns.TimestampsNs[i], columns.Values[i]);
            }
        }
    }
}

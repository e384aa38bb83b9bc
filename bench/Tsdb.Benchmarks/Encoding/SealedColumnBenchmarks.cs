using BenchmarkDotNet.Attributes;
using Tsdb.Benchmarks.Data;
using Tsdb.Encoding;
using Tsdb.Encoding.Columns;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Benchmarks.Encoding;

/// <summary>Training for, encoding (with its check) and decoding the values of sealed chunks; times are per sample.</summary>
[MemoryDiagnoser]
public class SealedColumnBenchmarks
{
    private const int SeriesCount = 50;
    private const int SamplesPerChunk = 8_192;
    private const int SampleCount = SeriesCount * SamplesPerChunk;

    private readonly SeriesColumns[] _series = new SeriesColumns[SeriesCount];
    private readonly byte[][] _payloads = new byte[SeriesCount][];
    private readonly ChunkCodec[] _codecs = new ChunkCodec[SeriesCount];
    private readonly byte[] _buffer = new byte[ValueColumnEncoder.MaxLengthOf(SamplesPerChunk)];
    private readonly double[] _values = new double[SamplesPerChunk];
    private readonly CodebookTrainer _trainer = new();
    private CodebookSet _codebooks = CodebookSet.Empty;
    private ValueColumnEncoder _encoder = new(CodebookSet.Empty);

    /// <summary>The kind of series.</summary>
    [ParamsAllValues]
    public SeriesShape Shape { get; set; }

    /// <summary>Makes the series and their codebooks, encodes each once, and prints how many bytes a sample takes.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (int s = 0; s < SeriesCount; s++)
        {
            _series[s] = SeriesColumns.Create(Shape, SamplesPerChunk, seed: s);
        }

        Train();
        _codebooks = _trainer.Build();
        _encoder = new ValueColumnEncoder(_codebooks);
        for (int s = 0; s < SeriesCount; s++)
        {
            _payloads[s] = _buffer[.._encoder.Encode(_series[s].Values, _buffer, out _codecs[s])];
        }

        double bytes = _payloads.Sum(payload => (double)payload.Length) + _codebooks.LengthBytes;
        Console.WriteLine($"// {Shape}: {bytes / SampleCount:F4} bytes per sample, {string.Join(", ", _codecs.Distinct())}");
    }

    /// <summary>The first pass of a compaction.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void Train()
    {
        foreach (SeriesColumns series in _series)
        {
            _trainer.AddValues(series.Values);
        }
    }

    /// <summary>The second pass of a compaction.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void Encode()
    {
        foreach (SeriesColumns series in _series)
        {
            _encoder.Encode(series.Values, _buffer, out _);
        }
    }

    /// <summary>Decodes every chunk.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void Decode()
    {
        for (int s = 0; s < SeriesCount; s++)
        {
            if (!ValueColumnDecoder.TryDecode(_codecs[s], _payloads[s], _codebooks, _values))
            {
                throw new InvalidOperationException("The chunk does not decode.");
            }
        }
    }
}

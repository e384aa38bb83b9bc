using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Tsdb.Benchmarks.Data;
using Tsdb.Encoding.Gorilla;
using Tsdb.Model.Time;

namespace Tsdb.Benchmarks.Encoding;

/// <summary>Appending to and decoding Gorilla chunks; times are per sample. The chunks are many, so that the processor cannot learn their branches by heart.</summary>
[MemoryDiagnoser]
public class GorillaBenchmarks
{
    private const int SeriesCount = 2_000;
    private const int SamplesPerChunk = 120;
    private const int SampleCount = SeriesCount * SamplesPerChunk;
    private const int WordsPerChunk = 2 + (SamplesPerChunk * 3);

    private readonly SeriesColumns[] _series = new SeriesColumns[SeriesCount];
    private readonly ulong[][] _words = new ulong[SeriesCount][];
    private readonly byte[][] _payloads = new byte[SeriesCount][];
    private readonly GorillaState[] _states = new GorillaState[SeriesCount];
    private readonly long[] _timestampsNs = new long[SamplesPerChunk];
    private readonly double[] _values = new double[SamplesPerChunk];
    private TimeUnit _unit;

    /// <summary>The kind of series.</summary>
    [ParamsAllValues]
    public SeriesShape Shape { get; set; }

    /// <summary>Makes the series and encodes each once, and prints how many bytes a sample takes.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _unit = TimeUnit.Seconds;
        for (int s = 0; s < SeriesCount; s++)
        {
            _series[s] = SeriesColumns.Create(Shape, SamplesPerChunk, seed: s);
            _words[s] = new ulong[WordsPerChunk];
            foreach (long timestampNs in _series[s].TimestampsNs)
            {
                _unit = GorillaEncoder.CoarsestUnit(timestampNs, _unit);
            }
        }

        AppendSeriesBySeries();
        for (int s = 0; s < SeriesCount; s++)
        {
            _payloads[s] = MemoryMarshal.AsBytes(_words[s].AsSpan())[.._states[s].LengthBytes].ToArray();
        }

        Console.WriteLine($"// {Shape}: {_payloads.Sum(payload => (double)payload.Length) / SampleCount:F3} bytes per sample");
    }

    /// <summary>Fills one chunk after the other, as a block writer does.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void AppendSeriesBySeries()
    {
        for (int s = 0; s < SeriesCount; s++)
        {
            for (int i = 0; i < SamplesPerChunk; i++)
            {
                Append(s, i);
            }
        }
    }

    /// <summary>Appends one sample to each chunk in turn, as samples arrive at a memtable.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void AppendInArrivalOrder()
    {
        for (int i = 0; i < SamplesPerChunk; i++)
        {
            for (int s = 0; s < SeriesCount; s++)
            {
                Append(s, i);
            }
        }
    }

    /// <summary>Decodes every chunk.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public void Decode()
    {
        foreach (byte[] payload in _payloads)
        {
            if (!GorillaDecoder.TryDecode(payload, _unit, SamplesPerChunk, _timestampsNs, _values))
            {
                throw new InvalidOperationException("The chunk does not decode.");
            }
        }
    }

    private void Append(int s, int i)
    {
        long timestampNs = _series[s].TimestampsNs[i];
        double value = _series[s].Values[i];
        if (i == 0)
        {
            GorillaEncoder.Start(ref _states[s], _words[s], _unit, timestampNs, value);
        }
        else if (GorillaEncoder.TryAppend(ref _states[s], _words[s], timestampNs, value) != GorillaStatus.Appended)
        {
            throw new InvalidOperationException("The sample was not appended.");
        }
    }
}

using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Tsdb.Ingest;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Tool.Generating;

namespace Tsdb.Benchmarks.Ingest;

/// <summary>
/// Reading line protocol of known series up to the engine's door: parsing, looking the series up and filling the batch. Times are per sample. The
/// goal for TSBS lines is 15 ns.
/// </summary>
[MemoryDiagnoser]
public class LineParseBenchmarks
{
    private const int SampleCount = 400_000;

    private static readonly IngestMetrics Metrics = new(new Meter("benchmark"));
    private static readonly LineProtocolRequest Request = new() { ReceivedNs = 0 };

    private readonly LineBuffer _text = new();
    private LineProtocolWriter _writer = null!;

    /// <summary>The lines: 4,000 hosts with ten integers a line; counters and gauges, mostly one sample a line; the same as the first, escaped.</summary>
    [Params("tsbs", "mixed", "escaped")]
    public string Lines { get; set; } = "";

    /// <summary>Makes the text and writes it once, so that every series is known.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var options = new DataSetOptions(Hosts: 4_000, Points: 10, StartNs: 1_451_606_400_000_000_000, IntervalNs: 10_000_000_000, Seed: 1);
        IDataSet lines = Lines switch
        {
            "mixed" => new MixedDataSet(options),
            "escaped" => new EscapedDataSet(new CpuOnlyDataSet(options)),
            _ => new CpuOnlyDataSet(options),
        };
        for (long samples = 0; samples < SampleCount;)
        {
            samples += lines.AppendLine(_text);
        }

        _writer = new LineProtocolWriter(new DiscardingAppender(), new LineProtocolOptions(), Metrics);
        _writer.Write(_text.Text, Request);
    }

    /// <summary>Reads the whole text.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public long ParseAndLookUp() => _writer.Write(_text.Text, Request).WrittenSamples;

    /// <summary>Puts an escaped space into each line's tags.</summary>
    private sealed class EscapedDataSet(IDataSet inner) : IDataSet
    {
        private readonly LineBuffer _line = new();

        public long LineCount => inner.LineCount;

        public long SampleCount => inner.SampleCount;

        public int AppendLine(LineBuffer buffer)
        {
            _line.Clear();
            int samples = inner.AppendLine(_line);
            int comma = _line.Text.IndexOf((byte)',');
            buffer.Append(_line.Text[..comma]);
            buffer.Append(",path=C:\\ \\,x"u8);
            buffer.Append(_line.Text[comma..]);
            return samples;
        }
    }
}

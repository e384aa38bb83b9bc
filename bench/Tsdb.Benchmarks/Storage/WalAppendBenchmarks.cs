using BenchmarkDotNet.Attributes;
using Tsdb.Benchmarks.Data;
using Tsdb.Storage.Wal;

namespace Tsdb.Benchmarks.Storage;

/// <summary>What a sample costs on its way into the log and back, per sample: encoding (under the shard's lock), sealing (in the flusher), decoding.</summary>
/// <remarks>A record is one batch of 100 lines of 10 fields at one timestamp; batches follow each other in time.</remarks>
[MemoryDiagnoser]
public class WalAppendBenchmarks
{
    private const int SamplesPerBatch = 1_000;
    private const int BatchCount = 200;
    private const int SampleCount = SamplesPerBatch * BatchCount;

    private readonly uint[] _slots = new uint[SamplesPerBatch];
    private readonly long[][] _timestampsNs = new long[BatchCount][];
    private readonly double[][] _values = new double[BatchCount][];
    private readonly byte[][] _payloads = new byte[BatchCount][];
    private readonly byte[] _scratch = new byte[WalSamplesPayload.MaxBytes(SamplesPerBatch)];
    private readonly PendingRecords _pending = new();
    private readonly WalRecordSealer _sealer = new();
    private readonly WalSampleColumns _columns = new();

    /// <summary>The kind of series.</summary>
    [Params(SeriesShape.TsbsInteger, SeriesShape.Gauge, SeriesShape.Counter, SeriesShape.FullPrecision)]
    public SeriesShape Shape { get; set; }

    /// <summary>Makes the batches, and prints how many bytes a sample takes in a segment.</summary>
    [GlobalSetup]
    public void Setup()
    {
        FillBatches();
        for (int b = 0; b < BatchCount; b++)
        {
            int length = WalSamplesPayload.Write(_slots, _timestampsNs[b], _values[b], _scratch);
            _payloads[b] = _scratch.AsSpan(0, length).ToArray();
            _payloads[b].CopyTo(_pending.BeginRecord(length));
            _pending.EndRecord(new WalRecordHeader { Type = WalRecordType.Samples, Sequence = 1, LengthBytes = length, RawLengthBytes = length });
        }

        double pendingBytes = _pending.LengthBytes;
        Console.WriteLine($"// {Shape}: {pendingBytes / SampleCount:F3} bytes per sample, {(double)Seal() / SampleCount:F3} sealed");
    }

    /// <summary>Encodes the batches' payloads.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public int Encode()
    {
        int total = 0;
        for (int b = 0; b < BatchCount; b++)
        {
            total += WalSamplesPayload.Write(_slots, _timestampsNs[b], _values[b], _scratch);
        }

        return total;
    }

    /// <summary>Compresses and checksums the batches' records; returns their length.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public long Seal()
    {
        long total = 0;
        ReadOnlySpan<byte> pending = _pending.Bytes;
        while (!pending.IsEmpty)
        {
            pending = pending[_sealer.Seal(pending, segmentNumber: 1, syncedUpToBytes: 0)..];
            total += _sealer.Output.Length;
        }

        return total;
    }

    /// <summary>Decodes the batches' payloads.</summary>
    [Benchmark(OperationsPerInvoke = SampleCount)]
    public bool Decode()
    {
        bool isRead = true;
        for (int b = 0; b < BatchCount; b++)
        {
            isRead &= WalSamplesPayload.TryRead(_payloads[b], _columns);
        }

        return isRead;
    }

    private void FillBatches()
    {
        for (int b = 0; b < BatchCount; b++)
        {
            _timestampsNs[b] = new long[SamplesPerBatch];
            _values[b] = new double[SamplesPerBatch];
        }

        for (int s = 0; s < SamplesPerBatch; s++)
        {
            SeriesColumns series = SeriesColumns.Create(Shape, BatchCount, seed: s);
            _slots[s] = (uint)s;
            for (int b = 0; b < BatchCount; b++)
            {
                _timestampsNs[b][s] = series.TimestampsNs[b] / 1_000_000_000 * 1_000_000_000;
                _values[b][s] = series.Values[b];
            }
        }
    }
}

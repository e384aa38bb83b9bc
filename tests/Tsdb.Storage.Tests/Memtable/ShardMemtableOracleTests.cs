using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Storage.Memtable;

namespace Tsdb.Storage.Tests.Memtable;

/// <summary>Compares the memtable with a sorted dictionary per series after sequences of samples in every kind of order.</summary>
public sealed class ShardMemtableOracleTests
{
    private static readonly double[] Values = [0, -0.0, 1, 1.5, double.NaN, StalenessMarker.Value, double.MaxValue, double.Epsilon, 42];
    private static readonly long[] Steps = [1, 999, 1_000, 1_000_000, 15 * Timestamps.NsPerSecond, 3600 * Timestamps.NsPerSecond, long.MaxValue / 3];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Append_AnyTimestamps_AgreesWithTheOracle((byte Series, long TimestampNs, byte Value)[] samples)
    {
        var pair = new Pair();
        foreach ((byte series, long timestampNs, byte value) in samples)
        {
            pair.Append(series % 3u, timestampNs, Values[value % Values.Length]);
        }

        return pair.Agrees([TimeRange.All]);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Append_ColumnsOfSamples_EqualsAppendingOneByOne((ushort Series, long TimestampNs, double Value)[] samples)
    {
        uint[] slots = [.. samples.Select(sample => sample.Series % 5u * 300)];
        long[] timestampsNs = [.. samples.Select(sample => sample.TimestampNs)];
        double[] values = [.. samples.Select(sample => sample.Value)];
        var columns = new ShardMemtable();
        var singles = new ShardMemtable();

        int duplicates = columns.Append(slots, timestampsNs, values) + columns.Append(slots, timestampsNs, values);
        int expectedDuplicates = 0;
        for (int i = 0; i < 2 * samples.Length; i++)
        {
            int at = i % samples.Length;
            expectedDuplicates += singles.Append(slots[at], timestampsNs[at], values[at]) == AppendStatus.Duplicate ? 1 : 0;
        }

        bool agrees = duplicates == expectedDuplicates && columns.SampleCount == singles.SampleCount
            && slots.All(slot => MemtableContent.Read(columns, slot, TimeRange.All).SequenceEqual(MemtableContent.Read(singles, slot, TimeRange.All)));
        columns.Release();
        singles.Release();
        return agrees;
    }

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public bool Append_ManySamplesInAnyOrder_AgreesWithTheOracle(int seed)
    {
        var random = new Random(seed);
        var pair = new Pair();
        long[] newest = [.. Enumerable.Range(0, 4).Select(_ => random.Next(4) == 0 ? Extreme(random) : random.NextInt64(2_000_000_000_000_000_000))];
        long step = Steps[random.Next(Steps.Length)];
        int latePercent = random.Next(4) * 20;
        for (int i = 0; i < 2000; i++)
        {
            int series = random.Next(newest.Length);
            long unit = random.Next(50) == 0 ? Steps[random.Next(Steps.Length)] : step;
            long timestampNs = random.Next(100) < latePercent
                ? Timestamps.AddSaturating(newest[series], unchecked(-step * random.Next(300)))
                : Timestamps.AddSaturating(newest[series], unit * random.Next(3));
            newest[series] = Math.Max(newest[series], timestampNs);
            double value = random.Next(3) == 0 ? random.NextDouble() : Values[random.Next(Values.Length)];
            pair.Append((uint)series * 1000, timestampNs, value);
        }

        return pair.Agrees([TimeRange.All, .. Enumerable.Range(0, 20).Select(_ => RangeNear(random, newest[random.Next(newest.Length)], step))]);
    }

    private static long Extreme(Random random) => random.Next(3) switch { 0 => long.MinValue, 1 => -Timestamps.NsPerSecond, _ => long.MaxValue - 1_000_000 };

    private static TimeRange RangeNear(Random random, long newestNs, long step)
    {
        long from = Timestamps.AddSaturating(newestNs, unchecked(-step * random.Next(600)));
        return new TimeRange(from, Timestamps.AddSaturating(from, unchecked(step * random.Next(100))));
    }

    private sealed class Pair
    {
        private readonly ShardMemtable _memtable = new();
        private readonly Dictionary<uint, SortedDictionary<long, long>> _oracle = [];
        private readonly Dictionary<uint, long> _newest = [];

        public void Append(uint slot, long timestampNs, double value)
        {
            AppendStatus status = _memtable.Append(slot, timestampNs, value);
            AppendStatus[] possible = PossibleFor(slot, timestampNs, BitConverter.DoubleToInt64Bits(value));
            if (!possible.Contains(status))
            {
                Assert.Fail($"{status} at {timestampNs}, expected {string.Join(" or ", possible)}");
            }

            _oracle.TryAdd(slot, []);
            _oracle[slot][timestampNs] = BitConverter.DoubleToInt64Bits(value);
            _newest[slot] = Math.Max(timestampNs, _newest.GetValueOrDefault(slot, long.MinValue));
        }

        public bool Agrees(TimeRange[] ranges)
        {
            uint[] slots = [.. _oracle.Keys.Order()];
            var walked = new List<uint>();
            foreach (uint slot in _memtable.Slots())
            {
                walked.Add(slot);
            }

            bool agrees = walked.SequenceEqual(slots)
                && !_memtable.Contains(77)
                && slots.All(slot => _memtable.Contains(slot) && ranges.All(range => Agrees(slot, range)))
                && _memtable.SampleCount >= _oracle.Values.Sum(samples => samples.Count)
                && (slots.Length == 0 ? _memtable.Range.IsEmpty : _memtable.Range == OracleRange());
            _memtable.Release();
            return agrees && _memtable.IsFreed;
        }

        // What a memtable may answer: it does not look into chunks for samples that are not the newest.
        private AppendStatus[] PossibleFor(uint slot, long timestampNs, long bits)
        {
            if (!_newest.TryGetValue(slot, out long newestNs) || timestampNs > newestNs)
            {
                return [AppendStatus.Appended];
            }

            if (!_oracle[slot].TryGetValue(timestampNs, out long known))
            {
                return [AppendStatus.Late];
            }

            AppendStatus found = known == bits ? AppendStatus.Duplicate : AppendStatus.Overwritten;
            return timestampNs == newestNs ? [found] : [found, AppendStatus.Late];
        }

        private bool Agrees(uint slot, TimeRange range) =>
            MemtableContent.Read(_memtable, slot, range).SequenceEqual(_oracle[slot].Where(sample => range.Contains(sample.Key)));

        private TimeRange OracleRange() => new(_oracle.Values.Min(s => s.Keys.First()), _oracle.Values.Max(s => s.Keys.Last()));
    }
}

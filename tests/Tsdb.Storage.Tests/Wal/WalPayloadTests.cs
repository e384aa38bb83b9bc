using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Tests.Wal;

[TestFixture]
internal sealed class WalPayloadTests
{
    private static readonly double[] OddValues =
    [
        0, -0.0, 1, -1, 0.1, 99.9, 1e-6, 1e-7, 1e15, 9007199254740992, 9007199254740994, 1e300, double.NaN,
        Model.Samples.StalenessMarker.Value, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue,
    ];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Samples_AnyColumns_RoundTripBitForBit((uint Slot, long TimestampNs, double Value)[] samples) => RoundTrips(samples);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Samples_LinesOfConsecutiveSlots_RoundTripBitForBit(byte[] firstSlots, byte fields, short stepMs, int mantissa)
    {
        var samples = new List<(uint, long, double)>();
        for (int line = 0; line < firstSlots.Length; line++)
        {
            for (uint field = 0; field <= fields % 20; field++)
            {
                samples.Add(((uint)firstSlots[line] + field, line * stepMs * 1_000_000L, (mantissa + field) / 100.0));
            }
        }

        return RoundTrips([.. samples]);
    }

    [Test]
    public void Samples_OddValuesAndExtremes_RoundTripBitForBit()
    {
        foreach (double value in OddValues)
        {
            (uint, long, double)[] alone = [(uint.MaxValue, long.MinValue, value)];
            (uint, long, double)[] mixed = [(0, long.MaxValue, 0.5), (uint.MaxValue, long.MinValue, value), (0, 0, 3), (1, 0, 4)];
            Assert.That((RoundTrips(alone), RoundTrips(mixed)), Is.EqualTo((true, true)), $"value {value:R}");
        }
    }

    [Test]
    public void Samples_LineOfTenIntegers_TakesFewBytes()
    {
        (uint, long, double)[] line = [.. Enumerable.Range(0, 10).Select(field => (20 + (uint)field, 1_700_000_000_000_000_000L, (double)field))];
        Assert.That(Encode(line), Has.Length.EqualTo(1 + 2 + 7 + 11)); // count, one run of slots, one run of timestamps, tag and values
    }

    [Test]
    public void Samples_AsManyAsARecordHolds_FitIt() =>
        Assert.That(WalSamplesPayload.MaxBytes(WalFormat.MaxSamplesPerRecord), Is.LessThanOrEqualTo(WalFormat.MaxPayloadBytes));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Samples_AnyBytes_AreReadOrRefused(byte[] bytes)
    {
        var columns = new WalSampleColumns();
        return !WalSamplesPayload.TryRead(bytes, columns) || columns.Count > 0;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Samples_AnyByteChanged_AreReadOrRefused((uint Slot, long TimestampNs, double Value)[] samples, ushort offset, byte value)
    {
        if (samples.Length == 0)
        {
            return true;
        }

        byte[] bytes = Encode(samples);
        bytes[offset % bytes.Length] = value;
        WalSamplesPayload.TryRead(bytes, new WalSampleColumns());
        return true;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Series_AnySlots_RoundTrip(uint[] slots)
    {
        var batch = new WalSeriesBatch();
        Array.ForEach(slots, slot => batch.Add(slot, TestLog.LabelsOf(slot).Canonical));
        if (batch.Count == 0)
        {
            return true;
        }

        int count = WalSeriesPayload.Plan(batch, 0, out int maxBytes);
        var bytes = new byte[maxBytes];
        int length = WalSeriesPayload.Write(batch, 0, count, bytes);
        var read = new WalSeriesBatch();
        return count == slots.Length
            && WalSeriesPayload.TryRead(bytes.AsSpan(0, length), read)
            && Enumerable.Range(0, count).All(i => read.SlotAt(i) == slots[i] && read.LabelsAt(i).SequenceEqual(batch.LabelsAt(i)));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Series_AnyBytes_AreReadOrRefused(byte[] bytes)
    {
        var batch = new WalSeriesBatch();
        return !WalSeriesPayload.TryRead(bytes, batch) || batch.Count > 0;
    }

    private static bool RoundTrips((uint Slot, long TimestampNs, double Value)[] samples)
    {
        if (samples.Length == 0)
        {
            return true;
        }

        var read = new WalSampleColumns();
        return WalSamplesPayload.TryRead(Encode(samples), read)
            && read.Slots.SequenceEqual(samples.Select(sample => sample.Slot).ToArray())
            && read.TimestampsNs.SequenceEqual(samples.Select(sample => sample.TimestampNs).ToArray())
            && read.Values.ToArray().Select(BitConverter.DoubleToInt64Bits)
                .SequenceEqual(samples.Select(sample => BitConverter.DoubleToInt64Bits(sample.Value)));
    }

    private static byte[] Encode((uint Slot, long TimestampNs, double Value)[] samples)
    {
        var bytes = new byte[WalSamplesPayload.MaxBytes(samples.Length)];
        int length = WalSamplesPayload.Write(
            samples.Select(sample => sample.Slot).ToArray(),
            samples.Select(sample => sample.TimestampNs).ToArray(),
            samples.Select(sample => sample.Value).ToArray(),
            bytes);
        return bytes[..length];
    }
}

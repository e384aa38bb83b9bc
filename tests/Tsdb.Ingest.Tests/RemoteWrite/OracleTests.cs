using Google.Protobuf;
using Tsdb.Ingest.RemoteWrite;
using Tsdb.Ingest.Tests.Testing;
using Tsdb.Model.Labels;
using Tsdb.Testing.RemoteWrite;
using V1 = Tsdb.Testing.RemoteWrite.V1;
using V2 = Tsdb.Testing.RemoteWrite.V2;

namespace Tsdb.Ingest.Tests.RemoteWrite;

/// <summary>The readers find in any message what Google's generated code finds in it.</summary>
public sealed class OracleTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Write_AnyV1Message_FindsWhatTheOracleFinds((byte Series, int TimestampMs, double Value)[] samples, byte[] repeats)
    {
        var message = new V1Message();
        foreach ((byte series, int timestampMs, double value) in samples)
        {
            message.Series(Repeated(timestampMs, value, repeats), Labels(series));
        }

        using var fixture = new RemoteWriteFixture();
        byte[] bytes = message.Bytes;
        fixture.WriteV1(bytes);
        fixture.WriteV1(bytes); // the second time of known series

        string[] expected = [.. V1.WriteRequest.Parser.ParseFrom(bytes).Timeseries.SelectMany(series => series.Samples.Select(sample => Text(
            LabelSet.Of([.. series.Labels.Select(label => (label.Name, label.Value))]), sample.Timestamp, sample.Value)))];
        AssertWritten(fixture, [.. expected, .. expected]);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Write_AnyV2Message_FindsWhatTheOracleFinds((byte Series, int TimestampMs, double Value)[] samples, byte[] repeats, bool areSymbolsLast)
    {
        var message = new V2Message();
        foreach ((byte series, int timestampMs, double value) in samples)
        {
            message.Series(Repeated(timestampMs, value, repeats), Labels(series));
        }

        using var fixture = new RemoteWriteFixture();
        byte[] bytes = areSymbolsLast ? message.BytesWithSymbolsLast : message.Bytes;
        fixture.WriteV2(bytes);
        fixture.WriteV2(bytes);

        V2.Request request = V2.Request.Parser.ParseFrom(bytes);
        string[] expected = [.. request.Timeseries.SelectMany(series => series.Samples.Select(sample => Text(
            LabelSet.Of([.. series.LabelsRefs.Chunk(2).Select(pair => (request.Symbols[(int)pair[0]], request.Symbols[(int)pair[1]]))]),
            sample.Timestamp,
            sample.Value)))];
        AssertWritten(fixture, [.. expected, .. expected]);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Varint_AnyNumber_IsReadAsTheOracleWritesIt(ulong number)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            output.WriteUInt64(number);
        }

        var reader = new ProtobufReader(stream.ToArray());
        return reader.TryReadVarint(out ulong read) && read == number && reader.IsAtEnd;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Varint_AnyBytes_AreReadAsTheOracleReadsThem(byte[] bytes)
    {
        var reader = new ProtobufReader(bytes);
        bool isRead = reader.TryReadVarint(out ulong read);
        try
        {
            ulong expected = new CodedInputStream(bytes).ReadUInt64();
            return isRead && read == expected;
        }
        catch (InvalidProtocolBufferException)
        {
            return !isRead;
        }
    }

    private static (long, double)[] Repeated(int timestampMs, double value, byte[] repeats) =>
        [.. Enumerable.Range(0, 1 + (repeats.Length % 3)).Select(i => ((long)timestampMs + i, value + i))];

    private static (string, string)[] Labels(byte series) => series % 3 == 0
        ? [("__name__", "up"), ("n", $"{series}")]
        : [("z", new string('é', series)), ("__name__", $"m{series}"), ("a", "1")];

    private static string Text(LabelSet labels, long timestampMs, double value) =>
        $"{labels} {BitConverter.DoubleToInt64Bits(value):x16}@{timestampMs * 1_000_000}";

    private static void AssertWritten(RemoteWriteFixture fixture, string[] expected) => Assert.That(
        fixture.Appender.Appended.Select(sample => $"{sample.Labels} {BitConverter.DoubleToInt64Bits(sample.Sample.Value):x16}@{sample.Sample.TimestampNs}"),
        Is.EquivalentTo(expected));
}

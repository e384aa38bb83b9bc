using System.Buffers;
using System.Runtime.InteropServices;
using Tsdb.Ingest.LineProtocol;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>Runs <see cref="LineReader"/> over a text and gives each point, or "refused", as text.</summary>
internal sealed class ReaderDriver(SeriesKeyCache cache)
{
    private readonly PrefixTokens _tokens = new(maxTags: 100_000);

    /// <summary>Writes a text, so that the cache knows its series.</summary>
    public static void Teach(SeriesKeyCache cache, byte[] text)
    {
        var session = new LineSession(new FakeAppender(keepsSamples: false), new LineProtocolOptions(), cache);
        session.Begin(new LineProtocolRequest { ReceivedNs = 0 });
        session.Finish(text);
    }

    /// <summary>Reads on after faults, as the writer does.</summary>
    public List<object> ReadAll(byte[] text, LineProtocolPrecision precision, long defaultTimeNs)
    {
        var results = new List<object>();
        var reader = new LineReader(cache, _tokens) { ReadsExpectedFields = false };
        var shortReader = new LineReader(cache, new PrefixTokens(maxTags: 100_000));
        long nsPerUnit = LineProtocolPrecisions.NsPerUnit(precision);
        int at = 0;
        while (at < text.Length)
        {
            ReadOnlySpan<byte> rest = text.AsSpan(at);
            LineStatus status = reader.Read(rest, isFinal: true);
            Assert.That(reader.Consumed, Is.GreaterThan(0), "a call must move on");
            RequireEqual(shortReader, shortReader.Read(rest, isFinal: true), reader, status);
            if (status == LineStatus.Point)
            {
                results.Add(Decode(reader, rest, nsPerUnit, defaultTimeNs));
            }
            else if (status == LineStatus.Refused)
            {
                results.Add("refused");
            }
            else
            {
                Assert.That(status, Is.EqualTo(LineStatus.Blank));
            }

            at += reader.Consumed;
        }

        return results;
    }

    private static void RequireEqual(LineReader actual, LineStatus actualStatus, LineReader expected, LineStatus status)
    {
        bool isEqual = actualStatus == status && actual.Consumed == expected.Consumed;
        if (isEqual && status == LineStatus.Point)
        {
            isEqual = actual.GroupId == expected.GroupId && actual.IsResolved == expected.IsResolved
                && actual.HasTimestamp == expected.HasTimestamp && (!actual.HasTimestamp || actual.Timestamp == expected.Timestamp)
                && actual.RoundedCount == expected.RoundedCount && actual.StringCount == expected.StringCount
                && MemoryMarshal.AsBytes(actual.SampleValues).SequenceEqual(MemoryMarshal.AsBytes(expected.SampleValues))
                && (!actual.IsResolved || actual.SampleSeries.SequenceEqual(expected.SampleSeries));
        }

        Assert.That(isEqual, Is.True, "the short way reads something else than the general one");
    }

    private object Decode(LineReader reader, ReadOnlySpan<byte> text, long nsPerUnit, long defaultTimeNs)
    {
        Int128 time = reader.HasTimestamp ? (Int128)reader.Timestamp * nsPerUnit : defaultTimeNs - (defaultTimeNs % nsPerUnit);
        if (time < long.MinValue || time > long.MaxValue)
        {
            return "refused";
        }

        if (reader.GroupId != 0)
        {
            LineFault fault = PrefixParser.Parse(text, reader.Prefix, _tokens, out _);
            Assert.That(fault, Is.EqualTo(LineFault.None), "a cached prefix must be valid");
        }

        var tags = new List<(string, string)>();
        for (int i = 0; i < _tokens.TagCount; i++)
        {
            tags.Add((Unescaped(_tokens.Keys[i].Of(text), false), Unescaped(_tokens.Values[i].Of(text), false)));
        }

        var fields = new List<(string, string)>();
        foreach (FieldToken field in reader.Fields)
        {
            fields.Add((Unescaped(text.Slice(field.KeyStart, field.KeyLength), false), Value(field, text)));
        }

        string measurement = Unescaped(_tokens.Measurement.Of(text), true);
        return new DecodedPoint(measurement, DecodedPoint.JoinTags(tags), DecodedPoint.JoinFields(fields), time.ToString());
    }

    private static string Value(FieldToken field, ReadOnlySpan<byte> text) => field.Kind switch
    {
        FieldKind.Float => DecodedPoint.Float(BitConverter.UInt64BitsToDouble(field.Bits)),
        FieldKind.Integer => $"int {(long)field.Bits}",
        FieldKind.Unsigned => $"uint {field.Bits}",
        FieldKind.Boolean => $"bool {field.Bits}",
        _ => "string " + DecodedPoint.Text(text.Slice((int)(field.Bits >> 32), (int)(uint)field.Bits)).Replace(@"\\", "\u0102").Replace("\\\"", "\"").Replace('\u0102', '\\'),
    };

    private static string Unescaped(ReadOnlySpan<byte> raw, bool isMeasurement)
    {
        var writer = new ArrayBufferWriter<byte>();
        Escapes.AppendUnescaped(raw, isMeasurement, writer);
        return DecodedPoint.Text(writer.WrittenSpan);
    }
}

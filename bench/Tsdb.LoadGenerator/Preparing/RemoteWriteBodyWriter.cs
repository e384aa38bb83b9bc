using System.Buffers.Text;
using System.Text;
using Snappier;

namespace Tsdb.LoadGenerator.Preparing;

/// <summary>
/// Bodies of Prometheus remote write 1.0: a snappy block of a protobuf <c>WriteRequest</c>, each field of a line a series <c>measurement_field</c> with
/// one sample, its timestamp cut to milliseconds.
/// </summary>
/// <remarks>Wire: WriteRequest { 1: TimeSeries { 1: Label { 1: name, 2: value }, 2: Sample { 1: fixed64 value, 2: varint timestamp ms } } }.</remarks>
internal sealed class RemoteWriteBodyWriter : IBodyWriter
{
    private const int Nested1 = 0x0A; // field 1, length-delimited
    private const int Nested2 = 0x12; // field 2, length-delimited

    private readonly ProtobufBuffer _request = new();
    private readonly ProtobufBuffer _series = new();
    private readonly ProtobufBuffer _label = new();
    private readonly ProtobufBuffer _sample = new();
    private readonly List<(string Name, string Value)> _tags = [];
    private byte[] _compressed = [];

    /// <inheritdoc/>
    public int Add(ReadOnlySpan<byte> line)
    {
        GeneratedLine parsed = GeneratedLine.Parse(line);
        string measurement = ReadKey(parsed.Key);
        ReadOnlySpan<byte> fields = parsed.Fields;
        int count = 0;
        while (!fields.IsEmpty)
        {
            int comma = fields.IndexOf((byte)',');
            ReadOnlySpan<byte> field = comma < 0 ? fields : fields[..comma];
            fields = comma < 0 ? default : fields[(comma + 1)..];
            int equals = field.IndexOf((byte)'=');
            if (equals < 0 || !Utf8Parser.TryParse(field[(equals + 1)..], out double value, out _))
            {
                throw new FormatException($"Not a number: \"{Encoding.UTF8.GetString(field)}\"");
            }

            AddSeries($"{measurement}_{Encoding.UTF8.GetString(field[..equals])}", value, parsed.TimestampNs / 1_000_000);
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Finish()
    {
        int maxBytes = Snappy.GetMaxCompressedLength(_request.Written.Length);
        if (_compressed.Length < maxBytes)
        {
            _compressed = new byte[maxBytes];
        }

        int length = Snappy.Compress(_request.Written, _compressed);
        _request.Clear();
        return _compressed.AsSpan(0, length);
    }

    // Leaves the tags in _tags, sorted by name as the protocol wants them.
    private string ReadKey(ReadOnlySpan<byte> key)
    {
        string[] parts = Encoding.UTF8.GetString(key).Split(',');
        _tags.Clear();
        foreach (string tag in parts.AsSpan(1))
        {
            int equals = tag.IndexOf('=', StringComparison.Ordinal);
            _tags.Add((tag[..equals], tag[(equals + 1)..]));
        }

        _tags.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return parts[0];
    }

    private void AddSeries(string name, double value, long timestampMs)
    {
        _series.Clear();
        AddLabel("__name__", name); // sorts before every tag of the generator
        foreach ((string tag, string text) in _tags)
        {
            AddLabel(tag, text);
        }

        _sample.Clear();
        _sample.AppendByte(0x09); // field 1, fixed64
        _sample.AppendDouble(value);
        _sample.AppendByte(0x10); // field 2, varint
        _sample.AppendVarint((ulong)timestampMs);
        _series.AppendNested(Nested2, _sample.Written);
        _request.AppendNested(Nested1, _series.Written);
    }

    private void AddLabel(string name, string value)
    {
        _label.Clear();
        _label.AppendNested(Nested1, Encoding.UTF8.GetBytes(name));
        _label.AppendNested(Nested2, Encoding.UTF8.GetBytes(value));
        _series.AppendNested(Nested1, _label.Written);
    }
}

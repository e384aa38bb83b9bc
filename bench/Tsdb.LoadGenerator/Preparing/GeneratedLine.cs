using System.Buffers.Text;

namespace Tsdb.LoadGenerator.Preparing;

/// <summary>A line as <c>tsdb generate --set cpu-only</c> writes it: no escapes, no strings, numbers only, with a timestamp in nanoseconds.</summary>
internal readonly ref struct GeneratedLine
{
    private GeneratedLine(ReadOnlySpan<byte> key, ReadOnlySpan<byte> fields, long timestampNs)
    {
        Key = key;
        Fields = fields;
        TimestampNs = timestampNs;
    }

    /// <summary>Measurement and tags, with the commas between them.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The fields, with the commas between them.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    /// <summary>When, in nanoseconds since 1970.</summary>
    public long TimestampNs { get; }

    /// <summary>Splits a line.</summary>
    /// <exception cref="FormatException">It does not have the form.</exception>
    public static GeneratedLine Parse(ReadOnlySpan<byte> line)
    {
        int keyEnd = line.IndexOf((byte)' ');
        int fieldsEnd = line.LastIndexOf((byte)' ');
        return keyEnd > 0 && fieldsEnd > keyEnd && Utf8Parser.TryParse(line[(fieldsEnd + 1)..], out long timestampNs, out int used)
            && used == line.Length - fieldsEnd - 1
            ? new GeneratedLine(line[..keyEnd], line[(keyEnd + 1)..fieldsEnd], timestampNs)
            : throw new FormatException($"Not a line of the generator: \"{System.Text.Encoding.UTF8.GetString(line[..Math.Min(line.Length, 100)])}\"");
    }
}

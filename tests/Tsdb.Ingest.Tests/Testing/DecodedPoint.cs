using System.Text;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>A point as text, to compare what different readers make of the same bytes. Bytes are Latin-1 characters.</summary>
public sealed record DecodedPoint(string Measurement, string Tags, string Fields, string Time)
{
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Joins tags sorted by key bytes.</summary>
    public static string JoinTags(IEnumerable<(string Key, string Value)> tags) =>
        string.Join('\u0100', tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}\u0101{t.Value}"));

    /// <summary>Joins fields in the order given.</summary>
    public static string JoinFields(IEnumerable<(string Key, string Value)> fields) =>
        string.Join('\u0100', fields.Select(t => $"{t.Key}\u0101{t.Value}"));

    /// <summary>The bits; -0 counts as 0, as the corpus does not tell them apart.</summary>
    public static string Float(double value) => $"float {BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value):x16}";
}

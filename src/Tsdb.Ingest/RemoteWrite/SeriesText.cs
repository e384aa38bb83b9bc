using System.Text;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Words a series for an error, whatever its labels are: <c>{__name__="up", job="a"}</c>, cut when it is long. Not thread-safe.</summary>
internal sealed class SeriesText
{
    private const int MaxLength = 200;

    private readonly StringBuilder _text = new();

    /// <summary>Adds a label.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_text.Length >= MaxLength)
        {
            return;
        }

        _text.Append(_text.Length == 0 ? "" : ", ").Append(Text(name)).Append("=\"").Append(Text(value)).Append('"');
    }

    /// <summary>The text so far; begins a new one.</summary>
    public string Take()
    {
        string text = _text.Length <= MaxLength ? $"{{{_text}}}" : $"{{{_text.ToString(0, MaxLength)}…}}";
        _text.Clear();
        return text;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxLength)])
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

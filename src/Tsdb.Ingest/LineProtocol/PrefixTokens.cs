namespace Tsdb.Ingest.LineProtocol;

/// <summary>Measurement and tags of one line as ranges of its text, escapes and all. Reused from line to line; not thread-safe.</summary>
internal sealed class PrefixTokens(int maxTags)
{
    private readonly TextRange[] _keys = new TextRange[maxTags];
    private readonly TextRange[] _values = new TextRange[maxTags];

    /// <summary>The measurement.</summary>
    public TextRange Measurement { get; private set; }

    /// <summary>How many tags there are.</summary>
    public int TagCount { get; private set; }

    /// <summary>The tags' keys, in the order of the line.</summary>
    public ReadOnlySpan<TextRange> Keys => _keys.AsSpan(0, TagCount);

    /// <summary>The tags' values.</summary>
    public ReadOnlySpan<TextRange> Values => _values.AsSpan(0, TagCount);

    /// <summary>Begins a line.</summary>
    public void Begin(TextRange measurement)
    {
        Measurement = measurement;
        TagCount = 0;
    }

    /// <summary>Adds a tag; false when there are too many.</summary>
    public bool TryAdd(TextRange key, TextRange value)
    {
        if (TagCount == maxTags)
        {
            return false;
        }

        _keys[TagCount] = key;
        _values[TagCount] = value;
        TagCount++;
        return true;
    }
}

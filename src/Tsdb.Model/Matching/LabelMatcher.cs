using System.Text;

namespace Tsdb.Model.Matching;

/// <summary>One condition on one label of a series. Immutable and safe to share between threads.</summary>
/// <remarks>A series without the label is matched as if its value were empty, so <c>{env=""}</c> and <c>{env!="prod"}</c> match it.</remarks>
public sealed class LabelMatcher
{
    private readonly byte[] _valueUtf8;

    /// <summary>Creates a matcher.</summary>
    /// <param name="type">How to compare.</param>
    /// <param name="name">The label's name; one no series can have, such as the empty one, is a label that is always missing.</param>
    /// <param name="value">The value or the regular expression (RE2 syntax, matched against the whole value).</param>
    /// <exception cref="ArgumentException">The regular expression is wrong; the message says where.</exception>
    public LabelMatcher(MatchType type, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Type = type;
        Name = name;
        Value = value;
        NameUtf8 = Encoding.UTF8.GetBytes(name);
        _valueUtf8 = Encoding.UTF8.GetBytes(value);
        Pattern = type is MatchType.Matches or MatchType.NotMatches ? RegexPattern.Parse(value) : null;
    }

    /// <summary>How the value is compared.</summary>
    public MatchType Type { get; }

    /// <summary>The label's name.</summary>
    public string Name { get; }

    /// <summary>The value or the regular expression, as written.</summary>
    public string Value { get; }

    /// <summary>The label's name as UTF-8.</summary>
    public ReadOnlyMemory<byte> NameUtf8 { get; }

    /// <summary>The value as UTF-8.</summary>
    public ReadOnlyMemory<byte> ValueUtf8 => _valueUtf8;

    /// <summary>The compiled regular expression of <see cref="MatchType.Matches"/> and <see cref="MatchType.NotMatches"/>; null otherwise.</summary>
    public RegexPattern? Pattern { get; }

    /// <summary>True when a series that lacks the label matches.</summary>
    public bool MatchesEmpty => Matches([]);

    /// <summary>Says whether a label value matches; pass an empty span for a missing label.</summary>
    public bool Matches(ReadOnlySpan<byte> value) => Type switch
    {
        MatchType.Equal => value.SequenceEqual(_valueUtf8),
        MatchType.NotEqual => !value.SequenceEqual(_valueUtf8),
        MatchType.Matches => Pattern!.IsMatch(value),
        _ => !Pattern!.IsMatch(value),
    };

    /// <summary>The matcher as PromQL writes it.</summary>
    public override string ToString()
    {
        string symbol = Type switch { MatchType.Equal => "=", MatchType.NotEqual => "!=", MatchType.Matches => "=~", _ => "!~" };
        string escaped = Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"{Name}{symbol}\"{escaped.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
    }
}

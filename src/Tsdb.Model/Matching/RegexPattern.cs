using Tsdb.Model.Matching.Expressions;

namespace Tsdb.Model.Matching;

/// <summary>
/// A regular expression over a whole label value: RE2's syntax and meaning, linear time. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// As in Prometheus the dot matches newlines. Look-around, back-references, <c>\C</c> and Unicode scripts are refused. Expressions that list their
/// values, or are a literal with anything around it, are matched without an automaton.
/// </remarks>
public sealed class RegexPattern
{
    private const int MaxTextLength = 64 << 10; // an alternation of a thousand long values fits

    private readonly ValueMatcher _matcher;
    private readonly byte[][]? _values;
    private readonly byte[] _prefix;

    private RegexPattern(string text, RegexNode node)
    {
        Text = text;
        _values = RegexLiterals.SetOf(node);
        _prefix = RegexLiterals.PrefixOf(node);
        if (_values is not null)
        {
            _matcher = new SetMatcher(_values);
        }
        else if (AffixMatcher.TryCreate(node) is { } affix)
        {
            _matcher = affix;
            MatchesEverything = affix.MatchesEverything;
        }
        else
        {
            _matcher = new RegexAutomaton(RegexProgram.Compile(node));
        }
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Every value that matches, as UTF-8, sorted bytewise and distinct, when there are at most 1024; null when there are more.</summary>
    public IReadOnlyList<byte[]>? Values => _values;

    /// <summary>What every matching value begins with, as UTF-8; empty when nothing is known.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix;

    /// <summary>True when it is known that every value matches, the empty one too.</summary>
    public bool MatchesEverything { get; }

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="ArgumentException">The expression is wrong; the message says what and where.</exception>
    public static RegexPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxTextLength)
        {
            throw new ArgumentException($"The regular expression has {text.Length} characters; at most {MaxTextLength} are allowed.", nameof(text));
        }

        return new RegexPattern(text, RegexAnchors.Strip(RegexParser.Parse(text)));
    }

    /// <summary>Says whether the whole of a UTF-8 value matches. Allocates nothing but what the automaton remembers.</summary>
    public bool IsMatch(ReadOnlySpan<byte> value) => _matcher.IsMatch(value);
}

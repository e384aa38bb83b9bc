using System.Text;
using System.Text.RegularExpressions;

namespace Tsdb.Model.Matching;

/// <summary>A regular expression over a whole label value: RE2's syntax and meaning, linear time.</summary>
public sealed class RegexPattern
{
    private readonly Regex _regex;

    private RegexPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="ArgumentException">The expression is wrong; the message says what and where.</exception>
    public static RegexPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
        return new RegexPattern(text, new Regex($@"\A(?:{text})\z", options));
    }

    /// <summary>Says whether the whole of a UTF-8 value matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> value) => _regex.IsMatch(Encoding.UTF8.GetString(value));
}

using System.Text;
using System.Text.RegularExpressions;
using Tsdb.Model.Labels;
using Tsdb.Query.Errors;

namespace Tsdb.Query.Functions;

/// <summary><c>label_replace</c>: where a label's whole value matches an expression, a template filled with its groups.</summary>
internal sealed class LabelReplaceRule : LabelRule
{
    private readonly string _template;
    private readonly byte[] _source;
    private readonly Regex _pattern;

    /// <summary>Creates the rule.</summary>
    /// <exception cref="QueryExecutionException">The expression is wrong.</exception>
    public LabelReplaceRule(string target, string template, string source, string pattern)
        : base("label_replace", target)
    {
        _template = template;
        _source = Encoding.UTF8.GetBytes(source);
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
            _pattern = new Regex($@"\A(?:{pattern})\z", options);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new QueryExecutionException($"invalid regular expression in label_replace(): {pattern}");
        }
    }

    /// <inheritdoc/>
    protected override string? NewValue(ReadOnlySpan<byte> canonical)
    {
        Match match = _pattern.Match(Encoding.UTF8.GetString(CanonicalLabels.ValueOf(canonical, _source)));
        return match.Success ? Expand(match) : null;
    }

    // Go's Regexp.Expand: $name and ${name} stand for a group, $$ for a dollar; the longest run of letters, digits and underscores is the
    // name, so $1x is a group called "1x"; a group that does not exist is empty.
    private string Expand(Match match)
    {
        var text = new StringBuilder();
        ReadOnlySpan<char> rest = _template;
        while (!rest.IsEmpty)
        {
            int dollar = rest.IndexOf('$');
            if (dollar < 0)
            {
                break;
            }

            text.Append(rest[..dollar]);
            rest = rest[(dollar + 1)..];
            if (rest.StartsWith("$"))
            {
                text.Append('$');
                rest = rest[1..];
            }
            else if (TryTakeName(ref rest, out ReadOnlySpan<char> name))
            {
                text.Append(match.Groups[name.ToString()].Value);
            }
            else
            {
                text.Append('$');
            }
        }

        return text.Append(rest).ToString();
    }

    private static bool TryTakeName(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name)
    {
        bool isBraced = rest.StartsWith("{");
        ReadOnlySpan<char> from = isBraced ? rest[1..] : rest;
        int length = 0;
        while (length < from.Length && (char.IsLetterOrDigit(from[length]) || from[length] == '_'))
        {
            length++;
        }

        name = from[..length];
        if (length == 0 || (isBraced && (length == from.Length || from[length] != '}')))
        {
            return false;
        }

        rest = from[(isBraced ? length + 1 : length)..];
        return true;
    }
}

using System.Globalization;
using System.Text;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>Label names in URL paths: a name that starts with <c>U__</c> has its other characters escaped (Prometheus' "values" scheme).</summary>
internal static class LabelNameEscape
{
    private const string Prefix = "U__";

    /// <summary>The name that was meant; a name that is not well escaped is meant as it stands.</summary>
    /// <remarks><c>__</c> stands for an underscore, <c>_2e_</c> for the character with that hexadecimal code point.</remarks>
    public static string Unescape(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        int position = Prefix.Length;
        while (position < name.Length)
        {
            if (name[position] != '_')
            {
                text.Append(name[position++]);
            }
            else if (!TryTakeEscape(name, ref position, text))
            {
                return name;
            }
        }

        return text.ToString();
    }

    private static bool TryTakeEscape(string name, ref int position, StringBuilder text)
    {
        int end = name.IndexOf('_', position + 1);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<char> digits = name.AsSpan(position + 1, end - position - 1);
        position = end + 1;
        if (digits.IsEmpty)
        {
            text.Append('_');
            return true;
        }

        bool isCode = digits.Length <= 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            && Rune.TryCreate(code, out Rune rune) && Append(text, rune);
        return isCode;
    }

    private static bool Append(StringBuilder text, Rune rune)
    {
        text.Append(rune.ToString());
        return true;
    }
}

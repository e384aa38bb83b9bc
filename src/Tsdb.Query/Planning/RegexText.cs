using System.Text;

namespace Tsdb.Query.Planning;

/// <summary>Writes regular expressions.</summary>
internal static class RegexText
{
    /// <summary>The expression that matches a text and nothing else.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal))
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.ToString();
    }
}

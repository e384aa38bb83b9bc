using System.Text;
using Tsdb.Model.Labels;

namespace Tsdb.Query.Results;

/// <summary>Label sets as Prometheus prints them in errors: <c>{__name__="up", job="api"}</c>.</summary>
internal static class LabelText
{
    /// <summary>The text of canonical labels.</summary>
    public static string Of(ReadOnlySpan<byte> canonical)
    {
        var text = new StringBuilder("{");
        while (!canonical.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref canonical);
            if (text.Length > 1)
            {
                text.Append(", ");
            }

            string value = Encoding.UTF8.GetString(label.Value);
            text.Append(Encoding.UTF8.GetString(label.Name)).Append("=\"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return text.Append('}').ToString();
    }
}

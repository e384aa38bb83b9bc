using Tsdb.Model.Labels;

namespace Tsdb.Server.Json;

/// <summary>Writes label sets as JSON objects.</summary>
internal static class LabelsWriter
{
    /// <summary>Writes <c>{"__name__":"up","job":"a"}</c> from canonical bytes.</summary>
    public static void Write(JsonOutput output, ReadOnlySpan<byte> canonical)
    {
        output.Raw("{"u8);
        bool isFirst = true;
        while (!canonical.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref canonical);
            if (!isFirst)
            {
                output.Raw(","u8);
            }

            output.Text(label.Name);
            output.Raw(":"u8);
            output.Text(label.Value);
            isFirst = false;
        }

        output.Raw("}"u8);
    }
}

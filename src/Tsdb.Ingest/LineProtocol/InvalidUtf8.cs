using System.Buffers;
using System.Text;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Finds, for an error's sentence, the place where text stops being UTF-8. The fast check that there is such a place was made before.</summary>
internal static class InvalidUtf8
{
    /// <summary>The place of the first byte that begins no valid sequence; the text's length when there is none.</summary>
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}

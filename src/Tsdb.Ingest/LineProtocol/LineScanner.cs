using System.Buffers;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Finds where the parts of a line end. Scans are vectorised; a backslash only makes them go on.</summary>
internal static class LineScanner
{
    private static readonly SearchValues<byte> PrefixStops = SearchValues.Create(" \n\\"u8);

    // Control bytes end a field key too: they may not stand in it.
    private static readonly SearchValues<byte> KeyStops = SearchValues.Create(
        [.. " ,=\\"u8, 0x7F, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    /// <summary>The space or line feed after measurement and tags, or the text's end.</summary>
    public static int FindPrefixEnd(ReadOnlySpan<byte> text, int at) => FindEnd(text, at, PrefixStops);

    /// <summary>The first byte that cannot belong to the field key at <paramref name="at"/>, or the text's end.</summary>
    public static int FindKeyEnd(ReadOnlySpan<byte> text, int at) => FindEnd(text, at, KeyStops);

    /// <summary>The quote that closes the string whose content begins at <paramref name="at"/>; -1 when there is none.</summary>
    public static int FindClosingQuote(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int length = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            at += length;
            if (length < 0 || (text[at] == '\\' && at + 1 == text.Length))
            {
                return -1;
            }

            if (text[at] == '"')
            {
                return at;
            }

            at += text[at + 1] is (byte)'"' or (byte)'\\' ? 2 : 1;
        }
    }

    /// <summary>The first byte from <paramref name="at"/> on that is no space, or the text's end.</summary>
    public static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static int FindEnd(ReadOnlySpan<byte> text, int at, SearchValues<byte> stops)
    {
        while (true)
        {
            int length = text[at..].IndexOfAny(stops);
            if (length < 0)
            {
                return text.Length;
            }

            at += length;
            if (text[at] != '\\')
            {
                return at;
            }

            // In a measurement "\=" is no escape, but a '=' ends nothing there either.
            at += at + 1 < text.Length && text[at + 1] is (byte)' ' or (byte)',' or (byte)'=' ? 2 : 1;
        }
    }
}

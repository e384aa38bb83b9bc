using System.Buffers;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Reads what lies between points: spaces, empty lines and comments.</summary>
internal static class BlankText
{
    // Control bytes other than tab may not stand in a comment; a line feed ends it.
    private static readonly SearchValues<byte> CommentStops = SearchValues.Create(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 0x7F);

    /// <summary>
    /// Reads up to and including one line end, or up to the start of a point.
    /// </summary>
    /// <param name="text">The text, at the start of a line.</param>
    /// <param name="isFinal">True when no text follows.</param>
    /// <param name="at">Where the point starts, the blank line ends, or the comment is wrong.</param>
    /// <returns><see cref="LineStatus.Point"/> when a point starts at <paramref name="at"/>.</returns>
    public static LineStatus Skip(ReadOnlySpan<byte> text, bool isFinal, out int at)
    {
        at = text.IndexOfAnyExcept((byte)' ');
        if (at < 0)
        {
            at = text.Length;
            return isFinal ? LineStatus.Blank : LineStatus.Incomplete;
        }

        switch (text[at])
        {
            case (byte)'#':
                int length = text[at..].IndexOfAny(CommentStops);
                at = length < 0 ? text.Length : at + length;
                return TakeLineEnd(text, isFinal, ref at) ?? LineStatus.Refused;
            case (byte)'\n' or (byte)'\r':
                return TakeLineEnd(text, isFinal, ref at) ?? LineStatus.Point; // a lone CR is a measurement that must be refused
            default:
                return LineStatus.Point;
        }
    }

    /// <summary>
    /// Takes a line end at <paramref name="at"/>: LF, CR LF, the end of the text, or a CR before that. Null when there is none, and then
    /// <paramref name="at"/> stays.
    /// </summary>
    public static LineStatus? TakeLineEnd(ReadOnlySpan<byte> text, bool isFinal, ref int at)
    {
        int end = at;
        if ((uint)end < (uint)text.Length && text[end] == '\r')
        {
            end++;
        }

        if ((uint)end >= (uint)text.Length)
        {
            at = end;
            return isFinal ? LineStatus.Blank : LineStatus.Incomplete;
        }

        if (text[end] != '\n')
        {
            return null;
        }

        at = end + 1;
        return LineStatus.Blank;
    }
}

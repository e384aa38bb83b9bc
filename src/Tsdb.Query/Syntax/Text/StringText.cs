using System.Buffers;
using System.Text;

namespace Tsdb.Query.Syntax.Text;

/// <summary>The value of a string literal.</summary>
internal static class StringText
{
    /// <summary>Resolves the escapes of a literal that the lexer accepted.</summary>
    /// <param name="literal">The literal with its quotes.</param>
    /// <remarks>Escapes may name single bytes; a run of bytes that is not UTF-8 becomes U+FFFD, as text is all a query can hold here.</remarks>
    public static string Unquote(ReadOnlySpan<char> literal)
    {
        ReadOnlySpan<char> inner = literal[1..^1];
        if (literal[0] == '`' || !inner.Contains('\\'))
            return inner.ToString();

        var utf8 = new ArrayBufferWriter<byte>(inner.Length);
        while (inner.Length > 0)
        {
            int plain = inner.IndexOf('\\');
            if (plain < 0)
                plain = inner.Length;
            Encoding.UTF8.GetBytes(inner[..plain], utf8);
            inner = inner[plain..];
            if (inner.Length > 0)
                inner = inner[ResolveEscape(inner[1..], utf8)..];
        }

        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }

    private static char Character(char escape) => escape switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => escape, // a quote or a backslash
    };

    // Returns the length of the escape, its backslash included.
    private static int ResolveEscape(ReadOnlySpan<char> escape, ArrayBufferWriter<byte> utf8)
    {
        switch (escape[0])
        {
            case 'x':
                return AppendByte(Convert.ToByte(escape.Slice(1, 2).ToString(), 16), 4);
            case >= '0' and <= '7':
                return AppendByte(Convert.ToByte(escape[..3].ToString(), 8), 4);
            case 'u':
                return AppendRune(Convert.ToInt32(escape.Slice(1, 4).ToString(), 16), 6);
            case 'U':
                return AppendRune(Convert.ToInt32(escape.Slice(1, 8).ToString(), 16), 10);
            default:
                return AppendRune(Character(escape[0]), 2);
        }

        int AppendByte(byte value, int length)
        {
            utf8.Write([value]);
            return length;
        }

        int AppendRune(int value, int length)
        {
            int written = new Rune(value).EncodeToUtf8(utf8.GetSpan(4));
            utf8.Advance(written);
            return length;
        }
    }
}

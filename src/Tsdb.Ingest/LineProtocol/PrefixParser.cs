using System.Text.Unicode;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// Checks and splits a line's prefix, <c>measurement{,key=value}</c>, byte by byte. Runs only for a prefix the <see cref="SeriesKeyCache"/>
/// does not know; a known one has the same bytes as one that passed here.
/// </summary>
internal static class PrefixParser
{
    private const byte Delete = 0x7F;

    /// <summary>Splits the prefix in <paramref name="range"/>, which ends before a space or a line feed and holds neither unescaped.</summary>
    /// <param name="text">The text being read.</param>
    /// <param name="range">The prefix.</param>
    /// <param name="tokens">Receives measurement and tags.</param>
    /// <param name="faultAt">Where the fault was noticed.</param>
    public static LineFault Parse(ReadOnlySpan<byte> text, TextRange range, PrefixTokens tokens, out int faultAt)
    {
        int end = range.Start + range.Length;
        ReadOnlySpan<byte> line = text[..end];
        faultAt = range.Start;
        if (!Utf8.IsValid(range.Of(text)))
        {
            return LineFault.InvalidUtf8;
        }

        int at = SkipName(line, range.Start, isMeasurement: true);
        tokens.Begin(new TextRange(range.Start, at - range.Start));
        if (at == range.Start || (at < end && line[at] != ','))
        {
            faultAt = at;
            return LineFault.BadMeasurement;
        }

        while (at < end)
        {
            LineFault fault = ParseTag(line, ref at, tokens);
            if (fault != LineFault.None)
            {
                faultAt = at;
                return fault;
            }
        }

        return HasDuplicate(text, tokens, out faultAt) ? LineFault.DuplicateTag : LineFault.None;
    }

    // At the comma before a tag; afterwards at the next comma, the end, or the fault.
    private static LineFault ParseTag(ReadOnlySpan<byte> line, ref int at, PrefixTokens tokens)
    {
        at++;
        int keyStart = at;
        at = SkipName(line, keyStart, isMeasurement: false);
        if (at == keyStart)
        {
            return at == line.Length ? LineFault.MissingTagKey : LineFault.BadTagKey;
        }

        if (at == line.Length || line[at] != '=')
        {
            return LineFault.MissingTagEquals;
        }

        var key = new TextRange(keyStart, at - keyStart);
        int valueStart = ++at;
        at = SkipTagValue(line, valueStart);
        if (at == valueStart)
        {
            return LineFault.MissingTagValue;
        }

        if (at < line.Length && line[at] != ',')
        {
            return LineFault.BadTagValue;
        }

        return tokens.TryAdd(key, new TextRange(valueStart, at - valueStart)) ? LineFault.None : LineFault.TooManyLabels;
    }

    private static int SkipName(ReadOnlySpan<byte> line, int at, bool isMeasurement)
    {
        while (at < line.Length)
        {
            byte b = line[at];
            if (b == '\\' && IsEscapable(line, at + 1, isMeasurement))
            {
                at++;
            }
            else if (b is < (byte)' ' or (byte)' ' or (byte)',' or Delete || (b == '=' && !isMeasurement))
            {
                break;
            }

            at++;
        }

        return at;
    }

    private static int SkipTagValue(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length)
        {
            byte b = line[at];
            if (b == '\\' && IsEscapable(line, at + 1, isMeasurement: false))
            {
                at++;
            }
            else if (b is (byte)' ' or (byte)',' or (byte)'=' or (byte)'\r' or (byte)'\n')
            {
                break;
            }

            at++;
        }

        return at;
    }

    private static bool IsEscapable(ReadOnlySpan<byte> line, int at, bool isMeasurement) =>
        at < line.Length && (line[at] is (byte)',' or (byte)' ' || (line[at] == '=' && !isMeasurement));

    // Equal keys are equal as written: each byte that can be escaped must be, so a key has one spelling only.
    private static bool HasDuplicate(ReadOnlySpan<byte> text, PrefixTokens tokens, out int at)
    {
        ReadOnlySpan<TextRange> keys = tokens.Keys;
        for (int i = 1; i < keys.Length; i++)
        {
            ReadOnlySpan<byte> key = keys[i].Of(text);
            for (int j = 0; j < i; j++)
            {
                if (keys[j].Length == key.Length && keys[j].Of(text).SequenceEqual(key))
                {
                    at = keys[i].Start;
                    return true;
                }
            }
        }

        at = 0;
        return false;
    }
}

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Reads timestamps, eight digits at a time.</summary>
internal static class TimestampParser
{
    /// <summary>Reads the digits of a timestamp that begins at <paramref name="at"/>; afterwards <paramref name="at"/> is where they end.</summary>
    /// <returns>The timestamp in the request's unit, or why it is none.</returns>
    public static LineFault Parse(ReadOnlySpan<byte> text, ref int at, out long timestamp)
    {
        bool isNegative = text[at] == '-';
        if (isNegative)
        {
            at++;
        }

        int start = at;
        ulong magnitude = 0;
        while (text.Length - at >= 8 && IntegerText.TryParseEight(text[at..], out uint eight))
        {
            magnitude = unchecked((magnitude * 100_000_000) + eight);
            at += 8;
        }

        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            magnitude = unchecked((magnitude * 10) + (uint)(text[at] - '0'));
            at++;
        }

        // Up to 19 digits cannot wrap around 64 bits.
        LineFault fault = at - start is > 0 and <= 19 ? LineFault.None : IntegerText.Parse(text[start..at], out magnitude);
        timestamp = unchecked((long)(isNegative ? 0 - magnitude : magnitude));
        if (fault == LineFault.None)
        {
            return magnitude <= (isNegative ? 1UL << 63 : long.MaxValue) ? LineFault.None : LineFault.TimestampOutOfRange;
        }

        return fault == LineFault.NumberOutOfRange ? LineFault.TimestampOutOfRange : LineFault.BadTimestamp;
    }
}

using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// Reads the fields of a line the short way: those its prefix' template expects, in that order, all of them plain numbers. Nearly every line of a producer
/// is like that; any other is read the general way, by <see cref="LineReader"/>, with the same result for these.
/// </summary>
internal static class ExpectedFields
{
    /// <summary>Digits that make an integer a double holds, alone and divided by a power of ten of as many digits.</summary>
    private const int ExactDigits = 15;

    /// <summary>Reads fields.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the first field begins.</param>
    /// <param name="template">What to expect.</param>
    /// <param name="values">Receives the values; as long as the template has fields.</param>
    /// <param name="count">How many fields there were.</param>
    /// <returns>Where the fields end, before a space; -1 when the line is not like that, or not surely.</returns>
    public static int Read(ReadOnlySpan<byte> text, int at, FieldTemplate template, Span<double> values, out int count)
    {
        for (int index = 0; index < values.Length; index++)
        {
            int length = template.MatchAt(index, text, at);
            if (length == 0)
            {
                break;
            }

            at = ReadNumber(text, at + length, out values[index]);
            if ((uint)at >= (uint)text.Length)
            {
                break; // no plain number, or perhaps only its beginning
            }

            if (text[at] == ' ')
            {
                count = index + 1;
                return at;
            }

            if (text[at] != ',')
            {
                break;
            }

            at++;
        }

        count = 0;
        return -1;
    }

    // Digits with at most a sign before them, a point among them and an i after them. What follows is for the caller to look at. -1 for anything else.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadNumber(ReadOnlySpan<byte> text, int start, out double value)
    {
        int at = start;
        bool isNegative = (uint)at < (uint)text.Length && text[at] == '-';
        at += isNegative ? 1 : 0;
        int digitsStart = at;
        ulong digits = IntegerText.TakeDigits(text, ref at, 0);
        int digitCount = at - digitsStart;
        if (digitCount > 0 && (uint)at < (uint)text.Length)
        {
            byte next = text[at];
            if (next == 'i' && digitCount <= ExactDigits)
            {
                value = isNegative ? -(long)digits : (long)digits; // an integer has no negative zero
                return at + 1;
            }

            int fractionDigits = 0;
            if (next == '.')
            {
                int fractionStart = ++at;
                digits = IntegerText.TakeDigits(text, ref at, digits);
                fractionDigits = at - fractionStart;
            }

            if (digitCount + fractionDigits <= ExactDigits)
            {
                double magnitude = fractionDigits == 0 ? (long)digits : (long)digits / FloatText.ExactPowerOfTen(fractionDigits);
                value = isNegative ? -magnitude : magnitude;
                return at;
            }
        }

        value = 0;
        return -1;
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Reads every field value that is not a string: floats (correctly rounded), integers, unsigned integers and booleans.</summary>
internal static class FieldValueParser
{
    /// <summary>Digits that cannot overflow 63 bits.</summary>
    private const int SafeDigits = 18;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(", \r\n"u8);

    /// <summary>Reads the value that begins at <paramref name="start"/> and ends before a comma, a space, a line end, or the end of the text.</summary>
    /// <param name="text">The text; its end counts as the end of a value, so the caller must know whether more could follow.</param>
    /// <param name="start">Where the value begins; at most the text's length.</param>
    /// <param name="token">Receives kind and bits, or the fault.</param>
    /// <returns>Where the value ends; -1 when it is wrong. Nothing is passed out by reference, so that the caller's position stays in a register.</returns>
    public static int Parse(ReadOnlySpan<byte> text, int start, ref FieldToken token)
    {
        int at = start;
        bool isNegative = (uint)at < (uint)text.Length && text[at] == '-';
        if (isNegative)
        {
            at++;
        }

        int digitsStart = at;
        ulong digits = IntegerText.TakeDigits(text, ref at, 0);
        int digitCount = at - digitsStart;
        if (digitCount is > 0 and <= SafeDigits)
        {
            if (IsEnd(text, at))
            {
                SetFloat(ref token, digits, isNegative);
                return at;
            }

            byte next = text[at];
            if (next == 'i' && IsEnd(text, at + 1))
            {
                token.Kind = FieldKind.Integer;
                token.Bits = isNegative ? 0 - digits : digits;
                return at + 1;
            }

            if (next == '.')
            {
                at++;
                int fractionStart = at;
                ulong mantissa = IntegerText.TakeDigits(text, ref at, digits);
                int fractionDigits = at - fractionStart;
                if (digitCount + fractionDigits <= SafeDigits && mantissa <= FloatText.MaxExactInteger && IsEnd(text, at))
                {
                    SetFloat(ref token, mantissa / FloatText.ExactPowerOfTen(fractionDigits), isNegative);
                    return at;
                }
            }
        }

        return ParseRest(text, start, ref token);
    }

    // Everything that is rare, or wrong: takes the whole run first and looks at its first and last byte, as the reference does.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ParseRest(ReadOnlySpan<byte> text, int start, ref FieldToken token)
    {
        int length = text[start..].IndexOfAny(Ends);
        ReadOnlySpan<byte> run = length < 0 ? text[start..] : text.Slice(start, length);
        token.Fault = run.IsEmpty ? LineFault.UnknownValueType : ParseRun(run, ref token);
        return token.Fault == LineFault.None ? start + run.Length : -1;
    }

    private static LineFault ParseRun(ReadOnlySpan<byte> run, ref FieldToken token) => run[0] switch
    {
        (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F' => ParseBoolean(run, ref token),
        >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+' or (byte)'.' => run[^1] switch
        {
            (byte)'i' => ParseInteger(run[..^1], ref token),
            (byte)'u' => ParseUnsigned(run[..^1], ref token),
            _ => ParseFloat(run, ref token),
        },
        _ => LineFault.UnknownValueType,
    };

    private static LineFault ParseBoolean(ReadOnlySpan<byte> run, ref FieldToken token)
    {
        token.Kind = FieldKind.Boolean;
        if (run.SequenceEqual("t"u8) || run.SequenceEqual("T"u8) || run.SequenceEqual("true"u8) || run.SequenceEqual("True"u8) || run.SequenceEqual("TRUE"u8))
        {
            token.Bits = 1;
            return LineFault.None;
        }

        token.Bits = 0;
        return run.SequenceEqual("f"u8) || run.SequenceEqual("F"u8) || run.SequenceEqual("false"u8) || run.SequenceEqual("False"u8) || run.SequenceEqual("FALSE"u8)
            ? LineFault.None
            : LineFault.BadBoolean;
    }

    private static LineFault ParseInteger(ReadOnlySpan<byte> run, ref FieldToken token)
    {
        bool isNegative = !run.IsEmpty && run[0] == '-';
        LineFault fault = IntegerText.Parse(isNegative ? run[1..] : run, out ulong magnitude);
        token.Kind = FieldKind.Integer;
        token.Bits = isNegative ? 0 - magnitude : magnitude;
        if (fault == LineFault.NumberOutOfRange || magnitude > (isNegative ? 1UL << 63 : long.MaxValue))
        {
            return LineFault.NumberOutOfRange;
        }

        return fault == LineFault.None ? LineFault.None : LineFault.BadInteger;
    }

    private static LineFault ParseUnsigned(ReadOnlySpan<byte> run, ref FieldToken token)
    {
        token.Kind = FieldKind.Unsigned;
        LineFault fault = IntegerText.Parse(run, out token.Bits);
        return fault == LineFault.BadInteger ? LineFault.BadUnsigned : fault;
    }

    private static LineFault ParseFloat(ReadOnlySpan<byte> run, ref FieldToken token)
    {
        if (!FloatText.TryParse(run, out double value))
        {
            return LineFault.BadFloat;
        }

        token.Kind = FieldKind.Float;
        token.Bits = BitConverter.DoubleToUInt64Bits(value);
        return double.IsFinite(value) ? LineFault.None : LineFault.NumberOutOfRange;
    }

    // One test of a bit, as the four bytes that end a value are below 64.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEnd(ReadOnlySpan<byte> text, int at)
    {
        const ulong EndBits = (1UL << ',') | (1UL << ' ') | (1UL << '\n') | (1UL << '\r');
        return (uint)at >= (uint)text.Length || (text[at] < 64 && ((EndBits >> text[at]) & 1) != 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetFloat(ref FieldToken token, double magnitude, bool isNegative)
    {
        token.Kind = FieldKind.Float;
        token.Bits = BitConverter.DoubleToUInt64Bits(isNegative ? -magnitude : magnitude);
    }
}

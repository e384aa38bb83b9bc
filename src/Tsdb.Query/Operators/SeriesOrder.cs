using System.Text;
using Tsdb.Model.Labels;

namespace Tsdb.Query.Operators;

/// <summary>The orders of an instant query's series.</summary>
internal static class SeriesOrder
{
    /// <summary>By value, smallest first, NaN last; then by labels.</summary>
    public static int ByValue(EvaluatedSeries left, EvaluatedSeries right) => ByValue(left, right, 1);

    /// <summary>By value, largest first, NaN last; then by labels.</summary>
    public static int ByValueDescending(EvaluatedSeries left, EvaluatedSeries right) => ByValue(left, right, -1);

    /// <summary>By the values of some labels, digits in them by their number (a2 before a10); then by all labels.</summary>
    public static Comparison<EvaluatedSeries> ByLabels(IReadOnlyList<string> names, bool isDescending)
    {
        byte[][] namesUtf8 = [.. names.Select(Encoding.UTF8.GetBytes)];
        int sign = isDescending ? -1 : 1;
        return (left, right) =>
        {
            foreach (byte[] name in namesUtf8)
            {
                int order = CompareNaturally(
                    CanonicalLabels.ValueOf(left.Labels.Span, name), CanonicalLabels.ValueOf(right.Labels.Span, name));
                if (order != 0)
                {
                    return sign * order;
                }
            }

            return sign * CanonicalLabels.Compare(left.Labels.Span, right.Labels.Span);
        };
    }

    private static int ByValue(EvaluatedSeries left, EvaluatedSeries right, int sign)
    {
        double l = left.Column.Values[0];
        double r = right.Column.Values[0];
        int order = double.IsNaN(l) || double.IsNaN(r) ? double.IsNaN(l).CompareTo(double.IsNaN(r)) : sign * l.CompareTo(r);
        return order != 0 ? order : CanonicalLabels.Compare(left.Labels.Span, right.Labels.Span);
    }

    private static int CompareNaturally(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            int order = char.IsAsciiDigit((char)left[0]) && char.IsAsciiDigit((char)right[0])
                ? CompareNumbers(TakeNumber(ref left), TakeNumber(ref right))
                : TakeByte(ref left) - TakeByte(ref right);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length - right.Length;
    }

    private static int TakeByte(ref ReadOnlySpan<byte> text)
    {
        byte first = text[0];
        text = text[1..];
        return first;
    }

    private static ReadOnlySpan<byte> TakeNumber(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    // Of equal numbers the one with fewer leading zeros comes first.
    private static int CompareNumbers(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ReadOnlySpan<byte> l = left.TrimStart((byte)'0');
        ReadOnlySpan<byte> r = right.TrimStart((byte)'0');
        int order = l.Length != r.Length ? l.Length - r.Length : l.SequenceCompareTo(r);
        return order != 0 ? order : left.Length - right.Length;
    }
}

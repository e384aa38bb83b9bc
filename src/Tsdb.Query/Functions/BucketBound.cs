using System.Globalization;
using System.Text;

namespace Tsdb.Query.Functions;

/// <summary>Reads the upper bound of a bucket from its <c>le</c> label.</summary>
internal static class BucketBound
{
    /// <summary>Reads a bound the way Go's <c>ParseFloat</c> does; false when it is not a number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> label, out double bound)
    {
        ReadOnlySpan<byte> magnitude = label.StartsWith("+"u8) || label.StartsWith("-"u8) ? label[1..] : label;
        if (Ascii.EqualsIgnoreCase(magnitude, "inf"u8) || Ascii.EqualsIgnoreCase(magnitude, "infinity"u8))
        {
            bound = label[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(label, style, CultureInfo.InvariantCulture, out bound);
    }
}

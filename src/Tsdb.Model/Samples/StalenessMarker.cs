namespace Tsdb.Model.Samples;

/// <summary>The NaN that ends a series (Prometheus <c>model/value</c>); every other NaN is an ordinary value.</summary>
public static class StalenessMarker
{
    /// <summary>The marker's bits. Part of the file formats and of remote write.</summary>
    public const ulong Bits = 0x7ff0000000000002;

    /// <summary>The marker as a double. Compare with <see cref="Is"/>, never with <c>==</c>.</summary>
    public static double Value => BitConverter.UInt64BitsToDouble(Bits);

    /// <summary>Says whether <paramref name="value"/> is the marker, bit for bit.</summary>
    public static bool Is(double value) => BitConverter.DoubleToUInt64Bits(value) == Bits;
}

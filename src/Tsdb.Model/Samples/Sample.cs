namespace Tsdb.Model.Samples;

/// <summary>One float sample of a series.</summary>
/// <param name="TimestampNs">Nanoseconds since the Unix epoch; any 64-bit value, negative before 1970.</param>
/// <param name="Value">Any double, kept bit for bit: NaN payloads, ±0 and the staleness marker are data.</param>
public readonly record struct Sample(long TimestampNs, double Value)
{
    /// <summary>Compares values by their bits, so that NaN equals itself and -0 differs from 0.</summary>
    public bool Equals(Sample other) =>
        TimestampNs == other.TimestampNs && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TimestampNs, BitConverter.DoubleToInt64Bits(Value));
}

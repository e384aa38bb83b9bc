namespace Tsdb.Model.Samples;

/// <summary>
/// Orders writes within a data folder: every WAL batch takes the next number, and where two samples of a series have equal timestamps the one
/// with the higher number wins. Nothing depends on the order of the wall clock. 0 is before every write.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct SequenceNumber(ulong Value) : IComparable<SequenceNumber>
{
    /// <inheritdoc/>
    public int CompareTo(SequenceNumber other) => Value.CompareTo(other.Value);

    /// <summary>Says whether one write came before another.</summary>
    public static bool operator <(SequenceNumber left, SequenceNumber right) => left.Value < right.Value;

    /// <summary>Says whether one write came after another.</summary>
    public static bool operator >(SequenceNumber left, SequenceNumber right) => left.Value > right.Value;

    /// <summary>Says whether one write came before another or is the same.</summary>
    public static bool operator <=(SequenceNumber left, SequenceNumber right) => left.Value <= right.Value;

    /// <summary>Says whether one write came after another or is the same.</summary>
    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left.Value >= right.Value;
}

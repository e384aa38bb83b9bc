using System.Diagnostics;
using Tsdb.Encoding.Entropy;
using Tsdb.Encoding.Gorilla;
using Tsdb.Encoding.Integers;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Columns;

/// <summary>Encodes a column of timestamps that chunks may share, and decodes it again before it returns. Used by one thread; it keeps its memory.</summary>
/// <remarks>
/// <code>
///  codec u8, 2 to 5 | header (see IntegerHeader; flags: bits 0-3 time unit) | residuals, by codec
/// </code>
/// Authoritative: docs/formats.md#sealed-timestamps.
/// </remarks>
public sealed class TimestampColumnEncoder
{
    private readonly CodebookSet _codebooks;
    private readonly IntegerColumnEncoder _column = new();
    private long[] _check = [];

    /// <summary>Encodes with the codebooks of a block, which whoever decodes must have too.</summary>
    public TimestampColumnEncoder(CodebookSet codebooks)
    {
        ArgumentNullException.ThrowIfNull(codebooks);
        _codebooks = codebooks;
    }

    /// <summary>The most bytes the payload of so many timestamps takes, and <see cref="Encode"/> wants room for.</summary>
    /// <exception cref="OverflowException">More timestamps than a span of bytes could hold.</exception>
    public static int MaxLengthOf(int count) => checked(1 + IntegerColumnEncoder.MaxLengthOf(count));

    /// <summary>Encodes one or more timestamps, in any order, and returns the bytes of the payload.</summary>
    /// <param name="timestampsNs">The timestamps.</param>
    /// <param name="destination">Takes the payload; at least <see cref="MaxLengthOf"/> bytes.</param>
    /// <exception cref="ArgumentException">There are no timestamps, or the destination is too short.</exception>
    public int Encode(ReadOnlySpan<long> timestampsNs, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLengthOf(timestampsNs.Length), nameof(destination));
        TimeUnit unit = Analyse(_column, timestampsNs);
        int length = 1 + _column.Write(_codebooks, (byte)unit, destination[1..], out ChunkCodec codec);
        destination[0] = (byte)codec;
        Verify(timestampsNs, destination[..length]);
        return length;
    }

    /// <summary>Converts timestamps to the coarsest unit of all, as the integers of a column, and analyses that; returns the unit.</summary>
    internal static TimeUnit Analyse(IntegerColumnEncoder column, ReadOnlySpan<long> timestampsNs)
    {
        Span<long> integers = column.Begin(timestampsNs.Length);
        TimeUnit unit = TimeUnit.Seconds;
        foreach (long timestampNs in timestampsNs)
        {
            unit = GorillaEncoder.CoarsestUnit(timestampNs, unit);
        }

        for (int i = 0; i < timestampsNs.Length; i++)
        {
            _ = GorillaUnits.TryConvert(unit, timestampsNs[i], out integers[i]);
        }

        column.Analyse();
        return unit;
    }

    private void Verify(ReadOnlySpan<long> timestampsNs, ReadOnlySpan<byte> payload)
    {
        if (_check.Length < timestampsNs.Length)
        {
            _check = new long[timestampsNs.Length];
        }

        Span<long> decoded = _check.AsSpan(0, timestampsNs.Length);
        if (!TimestampColumnDecoder.TryDecode(payload, _codebooks, decoded) || !decoded.SequenceEqual(timestampsNs))
        {
            throw new UnreachableException($"A column of {timestampsNs.Length} timestamps did not decode to the same.");
        }
    }
}

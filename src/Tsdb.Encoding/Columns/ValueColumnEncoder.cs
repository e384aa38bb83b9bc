using System.Diagnostics;
using System.Runtime.InteropServices;
using Tsdb.Encoding.Decimals;
using Tsdb.Encoding.Entropy;
using Tsdb.Encoding.Integers;

namespace Tsdb.Encoding.Columns;

/// <summary>Encodes the values of a sealed chunk, choosing the codec, and decodes them again before it returns. Used by one thread; it keeps its memory.</summary>
/// <remarks>
/// <code>
///  header (see IntegerHeader; flags: bits 0-3 decimal exponent, or 15; bit 7 has exceptions) | residuals, by codec | [exceptions]
/// </code>
/// Authoritative: docs/formats.md#sealed-columns.
/// </remarks>
public sealed class ValueColumnEncoder
{
    internal const byte HasExceptions = 0x80;
    internal const byte ExponentMask = 0x0F;

    private readonly CodebookSet _codebooks;
    private readonly IntegerColumnEncoder _column = new();
    private readonly DecimalMapper _mapper = new();
    private double[] _check = [];

    /// <summary>Encodes with the codebooks of a block, which whoever decodes must have too.</summary>
    public ValueColumnEncoder(CodebookSet codebooks)
    {
        ArgumentNullException.ThrowIfNull(codebooks);
        _codebooks = codebooks;
    }

    /// <summary>The most bytes the payload of so many values takes, and <see cref="Encode"/> wants room for.</summary>
    /// <exception cref="OverflowException">More values than a span of bytes could hold.</exception>
    public static int MaxLengthOf(int count) => checked(IntegerColumnEncoder.MaxLengthOf(count) + ValueExceptions.MaxLengthOf(count));

    /// <summary>Encodes one or more values, bit for bit.</summary>
    /// <param name="values">The values of a chunk.</param>
    /// <param name="destination">Takes the payload; at least <see cref="MaxLengthOf"/> bytes.</param>
    /// <param name="codec">The codec byte to store beside the payload.</param>
    /// <returns>The bytes of the payload.</returns>
    /// <exception cref="ArgumentException">There are no values, or the destination is too short.</exception>
    public int Encode(ReadOnlySpan<double> values, Span<byte> destination, out ChunkCodec codec)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLengthOf(values.Length), nameof(destination));
        int exponent = Analyse(_column, _mapper, values);
        bool hasExceptions = _mapper.Exceptions.Count > 0;
        int length = _column.Write(_codebooks, (byte)(exponent | (hasExceptions ? HasExceptions : 0)), destination, out codec);
        if (hasExceptions)
        {
            length += ValueExceptions.Write(values, _mapper.Exceptions, destination[length..]);
        }

        if (codec == ChunkCodec.DecimalHuffman && exponent == DecimalScale.Bits)
        {
            codec = ChunkCodec.SplitDoubles;
        }

        Verify(values, destination[..length], codec);
        return length;
    }

    /// <summary>Maps values to the integers of a column and analyses that; returns the exponent.</summary>
    internal static int Analyse(IntegerColumnEncoder column, DecimalMapper mapper, ReadOnlySpan<double> values)
    {
        int exponent = mapper.Map(values, column.Begin(values.Length));
        column.Analyse();
        return exponent;
    }

    private void Verify(ReadOnlySpan<double> values, ReadOnlySpan<byte> payload, ChunkCodec codec)
    {
        if (_check.Length < values.Length)
        {
            _check = new double[values.Length];
        }

        Span<double> decoded = _check.AsSpan(0, values.Length);
        if (!ValueColumnDecoder.TryDecode(codec, payload, _codebooks, decoded)
            || !MemoryMarshal.Cast<double, long>(decoded).SequenceEqual(MemoryMarshal.Cast<double, long>(values)))
        {
            // Better no block than one that lost samples: the inputs are still there.
            throw new UnreachableException($"A chunk of {values.Length} values, codec {codec}, did not decode to the same bits.");
        }
    }
}

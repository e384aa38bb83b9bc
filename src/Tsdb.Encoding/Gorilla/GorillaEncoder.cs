using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Gorilla;

/// <summary>Appends samples of one series to a Gorilla chunk (Pelkonen et al., VLDB 2015, §4.1), timestamps in the chunk's time unit.</summary>
/// <remarks>
/// Bits, most significant first (authoritative: docs/formats.md#gorilla):
/// <code>
///  first sample   timestamp (64 bits, units), value (64 bits)
///  next samples   delta-of-delta code, then XOR code
///
///  delta-of-delta        code                    value XOR previous     code
///  0                     0                       0                      0
///  7 bits, signed        10       +  7 bits      within the window      10 + the window's bits
///  14 bits               110      + 14 bits      sets a new window      11 + 5 leading + 6 length + its bits
///  21 bits               1110     + 21 bits
///  28 bits               11110    + 28 bits      The window (leading zeros, length) starts as all 64 bits. Length 64 is
///  35 bits               111110   + 35 bits      written as 0; leading is at most 31, as five bits hold no more and
///  42 bits               1111110  + 42 bits      the zeros lost cost only space.
///  any other             1111111  + 64 bits
/// </code>
/// k ones announce 7 k bits, so one rule serves every unit: a few seconds or milliseconds of jitter take 9 bits, a millisecond of jitter
/// counted in nanoseconds 25, and a gap of half an hour in nanoseconds 49. Differences wrap around at 64 bits and so return exactly, over
/// the whole range of timestamps. A sample whose timestamp is no multiple of the unit closes the chunk.
/// <para>
/// The words are kept big-endian in memory, so their bytes are the chunk's payload. A word is stored whole; while it fills it is stored again
/// with more bits and those before unchanged, so a reader that decodes only as many samples as were published sees nothing of a write in
/// progress, provided the words are 8-byte aligned. One writer at a time.
/// </para>
/// </remarks>
public static class GorillaEncoder
{
    /// <summary>The fewest words a chunk can have: its first sample.</summary>
    public const int MinWords = 2;

    /// <summary>The most ones before the 0 of a delta-of-delta code. Part of the format: never changes.</summary>
    internal const int MaxDeltaOnes = 6;

    /// <summary>Bits of the delta-of-delta per leading one. Part of the format: never changes.</summary>
    internal const int DeltaBitsPerOne = 7;

    /// <summary>The ones that announce 64 bits of delta-of-delta. Part of the format: never changes.</summary>
    internal const int WideDeltaOnes = MaxDeltaOnes + 1;

    /// <summary>Bits of a new window's description: 5 leading zeros, 6 length. Part of the format: never changes.</summary>
    internal const int WindowHeaderBits = 11;

    /// <summary>The most leading zeros a window can leave out. Part of the format: never changes.</summary>
    internal const int MaxLeading = 31;

    /// <summary>The coarsest unit that <paramref name="timestampNs"/> is a whole number of.</summary>
    public static TimeUnit CoarsestUnit(long timestampNs) => CoarsestUnit(timestampNs, TimeUnit.Seconds);

    /// <summary>
    /// As <see cref="CoarsestUnit(long)"/>, but not coarser than <paramref name="limit"/>: the unit of the series' chunk before, so that one
    /// timestamp that happens to fall on a whole second does not cost a series of milliseconds a chunk of one sample.
    /// </summary>
    public static TimeUnit CoarsestUnit(long timestampNs, TimeUnit limit)
    {
        TimeUnit unit = limit;
        while (!GorillaUnits.TryConvert(unit, timestampNs, out _))
        {
            unit--;
        }

        return unit;
    }

    /// <summary>Begins a chunk with its first sample.</summary>
    /// <param name="state">Set by this call; whatever was in it is forgotten.</param>
    /// <param name="words">The chunk's memory, at least <see cref="MinWords"/>, 8-byte aligned; need not be cleared.</param>
    /// <param name="unit">The unit of the chunk's timestamps, see <see cref="CoarsestUnit(long)"/>.</param>
    /// <param name="timestampNs">A multiple of the unit.</param>
    /// <param name="value">Any double.</param>
    /// <exception cref="ArgumentException">The words are too few, or the timestamp is no multiple of the unit.</exception>
    public static void Start(ref GorillaState state, Span<ulong> words, TimeUnit unit, long timestampNs, double value)
    {
        if (words.Length < MinWords)
        {
            throw new ArgumentException($"A chunk has at least {MinWords} words, not {words.Length}.", nameof(words));
        }

        if (!GorillaUnits.IsKnown(unit) || !GorillaUnits.TryConvert(unit, timestampNs, out long timestamp))
        {
            throw new ArgumentException($"The timestamp {timestampNs} ns is no multiple of {unit}.", nameof(timestampNs));
        }

        ulong valueBits = BitConverter.DoubleToUInt64Bits(value);
        Store(words, 0, (ulong)timestamp);
        Store(words, 1, valueBits);
        state = new GorillaState
        {
            Timestamp = timestamp,
            ValueBits = valueBits,
            BitCount = 128,
            WindowLength = 64,
            TimeUnit = unit,
        };
    }

    /// <summary>
    /// Appends a sample. Its timestamp must be greater than the last one's: the caller has checked, and sends others to an out-of-order leaf.
    /// </summary>
    /// <param name="state">The chunk's state; unchanged unless the sample was appended.</param>
    /// <param name="words">The chunk's memory, the same words as at its start; those already full are not touched.</param>
    /// <param name="timestampNs">Any timestamp after the last.</param>
    /// <param name="value">Any double.</param>
    public static GorillaStatus TryAppend(ref GorillaState state, Span<ulong> words, long timestampNs, double value)
    {
        Debug.Assert(timestampNs > state.LastTimestampNs, "Timestamps of a chunk strictly increase.");
        if (!GorillaUnits.TryConvert(state.TimeUnit, timestampNs, out long timestamp))
        {
            return GorillaStatus.UnitTooCoarse;
        }

        long delta = unchecked(timestamp - state.Timestamp);
        long deltaOfDelta = unchecked(delta - state.Delta);
        ulong valueBits = BitConverter.DoubleToUInt64Bits(value);
        ulong xor = valueBits ^ state.ValueBits;

        int deltaOnes = DeltaOnes(deltaOfDelta);
        int deltaLength = deltaOnes == WideDeltaOnes ? WideDeltaOnes + 64 : 1 + (deltaOnes * (1 + DeltaBitsPerOne));
        ValueCode code = EncodeValue(xor, state.WindowLeading, state.WindowLength);
        int endBit = state.BitCount + deltaLength + code.ControlLength + code.BitsLength;
        if ((endBit + 63) >> 6 > words.Length)
        {
            return GorillaStatus.NoSpace;
        }

        int position = state.BitCount;
        ulong pending = state.Pending;
        ulong head = 0; // the delta-of-delta code, where it is short enough to share a write with the control bits
        int headLength = 0;
        if (deltaOnes == WideDeltaOnes)
        {
            Put(words, ref pending, ref position, (1ul << WideDeltaOnes) - 1, WideDeltaOnes);
            Put(words, ref pending, ref position, (ulong)deltaOfDelta, 64);
        }
        else
        {
            int bits = deltaOnes * DeltaBitsPerOne;
            head = (((2ul << deltaOnes) - 2) << bits) | ((ulong)deltaOfDelta & ((1ul << bits) - 1));
            headLength = deltaLength;
        }

        Put(words, ref pending, ref position, (head << code.ControlLength) | code.Control, headLength + code.ControlLength);
        Put(words, ref pending, ref position, code.Bits, code.BitsLength);
        if ((position & 63) != 0)
        {
            Store(words, position >> 6, pending);
        }

        state.Timestamp = timestamp;
        state.Delta = delta;
        state.ValueBits = valueBits;
        state.Pending = pending;
        state.BitCount = position;
        state.WindowLeading = code.WindowLeading;
        state.WindowLength = code.WindowLength;
        return GorillaStatus.Appended;
    }

    /// <summary>How many ones begin the code of <paramref name="deltaOfDelta"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DeltaOnes(long deltaOfDelta)
    {
        if (deltaOfDelta == 0)
        {
            return 0;
        }

        int signedBits = 65 - BitOperations.LeadingZeroCount((ulong)(deltaOfDelta ^ (deltaOfDelta >> 63)));
        return Math.Min((signedBits + DeltaBitsPerOne - 1) / DeltaBitsPerOne, WideDeltaOnes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ValueCode EncodeValue(ulong xor, int windowLeading, int windowLength)
    {
        if (xor == 0)
        {
            return new ValueCode(0, 1, 0, 0, windowLeading, windowLength);
        }

        int leading = Math.Min(BitOperations.LeadingZeroCount(xor), MaxLeading);
        int trailing = BitOperations.TrailingZeroCount(xor);
        int length = 64 - leading - trailing;
        int windowTrailing = 64 - windowLeading - windowLength;

        // A window that holds these bits is left for a narrower one only where its description pays for itself at once.
        if (leading >= windowLeading && trailing >= windowTrailing && windowLength <= length + WindowHeaderBits)
        {
            return new ValueCode(0b10, 2, xor >> windowTrailing, windowLength, windowLeading, windowLength);
        }

        ulong control = (0b11ul << WindowHeaderBits) | ((ulong)leading << 6) | ((ulong)length & 63);
        return new ValueCode(control, 2 + WindowHeaderBits, xor >> trailing, length, leading, length);
    }

    /// <summary>Writes the low <paramref name="length"/> bits of <paramref name="bits"/> (0 to 64, the others 0) after those pending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Span<ulong> words, ref ulong pending, ref int position, ulong bits, int length)
    {
        int free = 64 - (position & 63);
        if (length < free)
        {
            pending |= bits << (free - length);
        }
        else
        {
            int rest = length - free;
            Store(words, position >> 6, pending | (bits >> rest));
            pending = bits << 1 << (63 - rest); // in two steps: a shift by 64 would be a shift by 0
        }

        position += length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<ulong> words, int index, ulong word) =>
        words[index] = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;

    /// <summary>The code of one value, and the window after it.</summary>
    private readonly ref struct ValueCode(ulong control, int controlLength, ulong bits, int bitsLength, int windowLeading, int windowLength)
    {
        public readonly ulong Control = control;
        public readonly int ControlLength = controlLength;
        public readonly ulong Bits = bits;
        public readonly int BitsLength = bitsLength;
        public readonly byte WindowLeading = (byte)windowLeading;
        public readonly byte WindowLength = (byte)windowLength;
    }
}

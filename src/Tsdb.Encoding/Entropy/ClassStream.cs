using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tsdb.Encoding.Bits;

namespace Tsdb.Encoding.Entropy;

/// <summary>A run of integers as a stream of class codes, filled to a byte, and behind it the stream of their raw bits, filled to a byte.</summary>
/// <remarks>Both streams least significant bit first. Safe on any bytes; thread-safe.</remarks>
internal static class ClassStream
{
    /// <summary>Bytes the buffer of classes must be longer than the classes: a look-up stores a whole word.</summary>
    public const int Slack = CodebookTable.MaxClasses;

    // Codes of the longest kind that a peek is sure to hold.
    private const int LookupsPerPeek = LowBitReader.PeekBits / CodeLengths.Max;

    // The first class whose raw bits are more than one peek is sure to hold.
    private const byte FirstBeyondPeek = 20 + LowBitReader.PeekBits + 1;

    /// <summary>Writes integers and returns the bytes; the codebook must cover their classes, which are given too.</summary>
    public static int Write(Codebook codebook, ReadOnlySpan<long> integers, ReadOnlySpan<byte> classes, Span<byte> destination)
    {
        var writer = new LowBitWriter(destination);
        ReadOnlySpan<ushort> codes = codebook.Codes;
        ReadOnlySpan<byte> lengths = codebook.Lengths;
        foreach (byte residualClass in classes)
        {
            writer.Put(codes[residualClass], lengths[residualClass]);
        }

        int length = writer.Align();
        if (!HasRawBits(classes))
        {
            return length;
        }

        ReadOnlySpan<byte> rawBits = ResidualClasses.RawBits;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] >= ResidualClasses.FirstLarge)
            {
                writer.PutLong(ZigZag.Encode(integers[i]), rawBits[classes[i]]);
            }
        }

        return writer.Align();
    }

    /// <summary>
    /// Reads the codes of <paramref name="count"/> classes from the start of the bytes. The buffer is at least <see cref="Slack"/> longer than
    /// that; what it holds behind them is undefined. Returns the bytes the codes take; more than there are when the stream is cut.
    /// </summary>
    public static long ReadClasses(CodebookTable table, ReadOnlySpan<byte> bytes, int count, Span<byte> classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes.Length, count + Slack, nameof(classes));
        ref byte target = ref MemoryMarshal.GetReference(classes);
        ref ulong words = ref MemoryMarshal.GetReference(table.Classes);
        ref ushort steps = ref MemoryMarshal.GetReference(table.Steps);
        long position = 0;
        int done = 0;

        // Indices are masked to the table, and a look-up stores within the slack while done <= count: nothing needs another check.
        while (done <= count - (LookupsPerPeek * CodebookTable.MaxClasses))
        {
            ulong bits = LowBitReader.Peek(bytes, position);
            for (int i = 0; i < LookupsPerPeek; i++)
            {
                nint index = (nint)(bits & (CodebookTable.Size - 1));
                Store(ref Unsafe.Add(ref target, done), Unsafe.Add(ref words, index));
                int step = Unsafe.Add(ref steps, index);
                done += step >> 8;
                bits >>= step & 0xFF;
                position += step & 0xFF;
            }
        }

        while (done <= count - CodebookTable.MaxClasses)
        {
            nint index = (nint)(LowBitReader.Peek(bytes, position) & (CodebookTable.Size - 1));
            Store(ref Unsafe.Add(ref target, done), Unsafe.Add(ref words, index));
            done += Unsafe.Add(ref steps, index) >> 8;
            position += Unsafe.Add(ref steps, index) & 0xFF;
        }

        for (; done < count; done++)
        {
            byte next = (byte)table.Classes[(int)(LowBitReader.Peek(bytes, position) & (CodebookTable.Size - 1))];
            classes[done] = next;
            position += table.Lengths[next];
        }

        return (position + 7) >> 3;
    }

    /// <summary>
    /// Joins classes with their raw bits, from the start of the bytes, to the integers. Returns the bytes the raw bits take; more than there are
    /// when the stream is cut.
    /// </summary>
    public static long ReadIntegers(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> classes, Span<long> integers)
    {
        ref byte rawBits = ref MemoryMarshal.GetReference(ResidualClasses.RawBits);
        ref ulong bases = ref MemoryMarshal.GetReference(ResidualClasses.Bases);
        integers = integers[..classes.Length];
        bool areShort = !classes.ContainsAnyInRange(FirstBeyondPeek, byte.MaxValue);
        long position = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            // The tables have an entry for every byte.
            nint residualClass = classes[i];
            int length = Unsafe.Add(ref rawBits, residualClass);
            ulong bits = areShort ? LowBitReader.Peek(bytes, position) & ((1ul << length) - 1) : LowBitReader.Read(bytes, position, length);
            integers[i] = ZigZag.Decode(Unsafe.Add(ref bases, residualClass) + bits);
            position += length;
        }

        return (position + 7) >> 3;
    }

    /// <summary>Says whether any of the classes has raw bits.</summary>
    public static bool HasRawBits(ReadOnlySpan<byte> classes) => classes.ContainsAnyExceptInRange((byte)0, (byte)(ResidualClasses.FirstLarge - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref byte target, ulong word) =>
        Unsafe.WriteUnaligned(ref target, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
}

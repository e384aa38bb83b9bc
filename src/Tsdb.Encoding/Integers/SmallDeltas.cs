using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Adds up the deltas of classes that have no raw bits, eight at a time, straight from the class bytes.</summary>
/// <remarks>
/// A class is the residual plus 8, 0 to 15, so eight of them, multiplied as one word by 0x0101…01, become their eight running sums: none
/// exceeds 120, so no byte overflows into the next. The bias and the centre are a fixed ramp taken off again.
/// </remarks>
internal static class SmallDeltas
{
    private const ulong RunningSums = 0x0101_0101_0101_0101;
    private const int Stride = sizeof(ulong);

    /// <summary>
    /// Writes the integers that follow <paramref name="start"/>: each is the one before, plus centre, plus residual. The classes are all below
    /// <see cref="ResidualClasses.FirstLarge"/>; the integers are as many.
    /// </summary>
    public static void Restore(ReadOnlySpan<byte> classes, long centre, long start, Span<long> integers)
    {
        integers = integers[..classes.Length];
        long step = centre - ResidualClasses.SmallBias;
        int done = Avx512F.IsSupported ? RestoreVectors(classes, step, ref start, integers) : RestoreWords(classes, step, ref start, integers);
        for (; done < classes.Length; done++)
        {
            start += step + classes[done];
            integers[done] = start;
        }
    }

    private static int RestoreVectors(ReadOnlySpan<byte> classes, long step, ref long start, Span<long> integers)
    {
        Vector512<long> ramp = Vector512.Create(1L, 2, 3, 4, 5, 6, 7, 8) * step;
        long current = start;
        int i = 0;
        for (; i <= classes.Length - Stride; i += Stride)
        {
            ulong sums = BinaryPrimitives.ReadUInt64LittleEndian(classes[i..]) * RunningSums;
            Vector512<long> wide = Avx512F.ConvertToVector512Int64(Vector128.CreateScalarUnsafe(sums).AsByte());
            (wide + ramp + Vector512.Create(current)).StoreUnsafe(ref MemoryMarshal.GetReference(integers[i..]));
            current += (long)(sums >> 56) + (Stride * step);
        }

        start = current;
        return i;
    }

    private static int RestoreWords(ReadOnlySpan<byte> classes, long step, ref long start, Span<long> integers)
    {
        long current = start;
        int i = 0;
        for (; i <= classes.Length - Stride; i += Stride)
        {
            ulong sums = BinaryPrimitives.ReadUInt64LittleEndian(classes[i..]) * RunningSums;
            Span<long> eight = integers.Slice(i, Stride);
            for (int j = 0; j < eight.Length; j++)
            {
                eight[j] = current + (long)((sums >> (8 * j)) & 0xFF) + ((j + 1) * step);
            }

            current = eight[Stride - 1];
        }

        start = current;
        return i;
    }
}

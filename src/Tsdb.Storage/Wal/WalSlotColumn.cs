using Tsdb.Encoding.Bits;

namespace Tsdb.Storage.Wal;

/// <summary>The slots of a SAMPLES record, as runs of consecutive slots or of one slot repeated.</summary>
/// <remarks>
/// Each run (authoritative: docs/formats.md#wal):
/// <code>
///  jump     zig-zag varint   first slot minus the slot expected, which is one more than the run before ended with (0 at first)
///  shape    varint           samples in the run times 2, plus 1 when all are of one slot
/// </code>
/// The fields of one line have consecutive slots, so a line of ten fields takes two bytes; so do a thousand samples of one series.
/// </remarks>
internal static class WalSlotColumn
{
    /// <summary>The most bytes the column takes per sample.</summary>
    public const int MaxBytesPerSample = Varint.MaxLength32 + 1;

    /// <summary>Writes the column and returns its length.</summary>
    public static int Write(ReadOnlySpan<uint> slots, Span<byte> destination)
    {
        int length = 0;
        uint expected = 0;
        int start = 0;
        while (start < slots.Length)
        {
            uint first = slots[start];
            int end = start + 1;
            bool isRepeated = end < slots.Length && slots[end] == first;
            if (isRepeated)
            {
                int next = slots[end..].IndexOfAnyExcept(first);
                end = next < 0 ? slots.Length : end + next;
            }
            else
            {
                while (end < slots.Length && slots[end] == slots[end - 1] + 1)
                {
                    end++;
                }
            }

            // Slots are 32 bits: the jump wraps rather than needing a 33rd.
            length += Varint.WriteZigZag(destination[length..], (int)(first - expected));
            length += Varint.Write(destination[length..], ((ulong)(end - start) << 1) | (isRepeated ? 1UL : 0UL));
            expected = slots[end - 1] + 1;
            start = end;
        }

        return length;
    }

    /// <summary>Fills <paramref name="slots"/> from the bytes at <paramref name="position"/>. False when they are not exactly such a column.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, Span<uint> slots)
    {
        uint expected = 0;
        while (!slots.IsEmpty)
        {
            if (!Varint.TryReadZigZag(source, ref position, out long jump)
                || !Varint.TryRead(source, ref position, out ulong shape)
                || jump is < int.MinValue or > int.MaxValue
                || shape >> 1 == 0
                || shape >> 1 > (ulong)slots.Length)
            {
                return false;
            }

            Span<uint> run = slots[..(int)(shape >> 1)];
            uint first = expected + (uint)(int)jump;
            if ((shape & 1) != 0)
            {
                run.Fill(first);
            }
            else
            {
                for (int i = 0; i < run.Length; i++)
                {
                    run[i] = first + (uint)i;
                }
            }

            expected = run[^1] + 1;
            slots = slots[run.Length..];
        }

        return true;
    }
}

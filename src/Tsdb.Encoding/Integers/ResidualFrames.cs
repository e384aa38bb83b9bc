namespace Tsdb.Encoding.Integers;

/// <summary>Residuals in frames of 128 of one bit width each, segment by segment: for residuals too wide or too even for codes to pay.</summary>
/// <remarks>
/// <code>
///  per segment: its start (see SegmentState) | frames
///  see ResidualFrame
/// </code>
/// Authoritative: docs/formats.md#frames. Safe on any bytes; thread-safe.
/// </remarks>
internal static class ResidualFrames
{
    /// <summary>Writes the segments of a column and returns the bytes.</summary>
    public static int Write(in IntegerHeader header, ReadOnlySpan<long> integers, ReadOnlySpan<long> residuals, Span<byte> destination)
    {
        int length = 0;
        SegmentState before = SegmentState.First(header);
        for (int index = 0; index < integers.Length; index += Residuals.SegmentLength)
        {
            int end = Math.Min(index + Residuals.SegmentLength, integers.Length);
            SegmentState state = SegmentState.At(header, integers, index);
            Span<byte> frames = destination[(length + SegmentState.MaxLengthBytes)..];
            int frameBytes = WriteFrames(residuals[(index + 1)..end], frames);
            length += state.Write(destination[length..], before, header.Transform, index, frameBytes);
            frames[..frameBytes].CopyTo(destination[length..]);
            length += frameBytes;
            before = state;
        }

        return length;
    }

    /// <summary>About how many bytes the column takes.</summary>
    public static long EstimateBytes(ReadOnlySpan<long> residuals)
    {
        long bytes = residuals.Length / Residuals.SegmentLength * 6;
        for (int i = 0; i < residuals.Length; i += ResidualFrame.Length)
        {
            bytes += ResidualFrame.EstimateBytes(residuals.Slice(i, Math.Min(ResidualFrame.Length, residuals.Length - i)));
        }

        return bytes;
    }

    /// <summary>Reads the integers at a position and moves it past; false when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, in IntegerHeader header, Span<long> integers)
    {
        SegmentState state = SegmentState.First(header);
        for (int index = 0; index < integers.Length; index += Residuals.SegmentLength)
        {
            Span<long> segment = integers.Slice(index, Math.Min(Residuals.SegmentLength, integers.Length - index));
            if (!state.TryRead(source, ref position, header.Transform, index, out int frameBytes)
                || !TryReadFrames(source.Slice(position, frameBytes), segment[1..]))
            {
                return false;
            }

            Residuals.Restore(header.Transform, header.Centre, state.Start, state.Delta, segment);
            position += frameBytes;
        }

        return true;
    }

    private static int WriteFrames(ReadOnlySpan<long> residuals, Span<byte> destination)
    {
        int length = 0;
        for (int i = 0; i < residuals.Length; i += ResidualFrame.Length)
        {
            length += ResidualFrame.Write(residuals.Slice(i, Math.Min(ResidualFrame.Length, residuals.Length - i)), destination[length..]);
        }

        return length;
    }

    private static bool TryReadFrames(ReadOnlySpan<byte> source, Span<long> residuals)
    {
        int position = 0;
        for (int i = 0; i < residuals.Length; i += ResidualFrame.Length)
        {
            if (!ResidualFrame.TryRead(source, ref position, residuals.Slice(i, Math.Min(ResidualFrame.Length, residuals.Length - i))))
            {
                return false;
            }
        }

        return true;
    }
}

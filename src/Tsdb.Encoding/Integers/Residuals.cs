namespace Tsdb.Encoding.Integers;

/// <summary>Turns integers into residuals and back. All arithmetic wraps around at 64 bits, so any integers return. Thread-safe.</summary>
internal static class Residuals
{
    /// <summary>Integers that are encoded on their own, so that a reader may begin at any multiple of this many. Part of the format.</summary>
    public const int SegmentLength = 1024;

    /// <summary>
    /// The residual of each of <paramref name="integers"/>; of the first, and with <see cref="Transform.Line"/> of the first of each segment, 0.
    /// </summary>
    public static void Take(Transform transform, long centre, ReadOnlySpan<long> integers, Span<long> residuals)
    {
        residuals = residuals[..integers.Length];
        residuals[0] = 0;
        switch (transform)
        {
            case Transform.Delta:
                for (int i = 1; i < integers.Length; i++)
                {
                    residuals[i] = integers[i] - integers[i - 1] - centre;
                }

                break;
            case Transform.Level:
                for (int i = 1; i < integers.Length; i++)
                {
                    residuals[i] = integers[i] - centre;
                }

                break;
            case Transform.DeltaOfDelta:
                long delta = centre;
                for (int i = 1; i < integers.Length; i++)
                {
                    long next = integers[i] - integers[i - 1];
                    residuals[i] = next - delta;
                    delta = next;
                }

                break;
            default:
                for (int start = 0; start < integers.Length; start += SegmentLength)
                {
                    int end = Math.Min(start + SegmentLength, integers.Length);
                    for (int i = start; i < end; i++)
                    {
                        residuals[i] = integers[i] - integers[start] - (centre * (i - start));
                    }
                }

                break;
        }
    }

    /// <summary>Replaces the residuals of a run by its integers.</summary>
    /// <param name="transform">What made the residuals.</param>
    /// <param name="centre">With which centre.</param>
    /// <param name="start">The first integer of the run: replaces whatever stands there.</param>
    /// <param name="delta">The difference before the run, the centre at the start of a column; only for <see cref="Transform.DeltaOfDelta"/>.</param>
    /// <param name="column">The residuals; a segment at most for <see cref="Transform.Line"/>.</param>
    public static void Restore(Transform transform, long centre, long start, long delta, Span<long> column)
    {
        if (column.IsEmpty)
        {
            return;
        }

        column[0] = start;
        long current = start;
        switch (transform)
        {
            case Transform.Delta:
                for (int i = 1; i < column.Length; i++)
                {
                    current += column[i] + centre;
                    column[i] = current;
                }

                break;
            case Transform.Level:
                for (int i = 1; i < column.Length; i++)
                {
                    column[i] += centre;
                }

                break;
            case Transform.DeltaOfDelta:
                for (int i = 1; i < column.Length; i++)
                {
                    delta += column[i];
                    current += delta;
                    column[i] = current;
                }

                break;
            default:
                for (int i = 1; i < column.Length; i++)
                {
                    current += centre;
                    column[i] += current;
                }

                break;
        }
    }
}

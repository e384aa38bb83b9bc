namespace Tsdb.Storage.Blocks.Columns;

/// <summary>What is known of a chunk's values without decoding them. Only kept for chunks without NaN, so without staleness markers too.</summary>
/// <param name="First">The first value.</param>
/// <param name="Last">The last value.</param>
/// <param name="Min">The lowest value.</param>
/// <param name="Max">The highest value.</param>
/// <param name="Sum">The sum, with compensated rounding errors (Neumaier, ZAMM 1974).</param>
/// <param name="ResetCount">How many values are lower than the one before.</param>
internal readonly record struct ChunkStatistics(double First, double Last, double Min, double Max, double Sum, int ResetCount)
{
    /// <summary>Computes the statistics of at least one value, none of them NaN.</summary>
    public static ChunkStatistics Of(ReadOnlySpan<double> values)
    {
        double min = values[0];
        double max = values[0];
        double sum = 0;
        double compensation = 0;
        double previous = double.NegativeInfinity;
        int resets = 0;
        foreach (double value in values)
        {
            min = value < min ? value : min;
            max = value > max ? value : max;
            resets += value < previous ? 1 : 0;
            previous = value;
            double next = sum + value;
            compensation += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        // Infinities make the compensation NaN; the plain sum is then what it should be.
        double total = double.IsFinite(sum) ? sum + compensation : sum;
        return new ChunkStatistics(values[0], values[^1], min, max, total, resets);
    }
}

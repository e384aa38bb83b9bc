namespace Tsdb.Tool.Generating;

/// <summary>Normally distributed numbers with mean 0 and deviation 1 (Marsaglia's polar method). Not thread-safe.</summary>
internal sealed class NormalSource(Random random)
{
    private double _spare;
    private bool _hasSpare;

    /// <summary>The next number.</summary>
    public double Next()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double x;
        double y;
        double square;
        do
        {
            x = (2 * random.NextDouble()) - 1;
            y = (2 * random.NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * scale;
        _hasSpare = true;
        return x * scale;
    }
}

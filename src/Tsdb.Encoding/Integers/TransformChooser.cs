using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Chooses the transform of a column by what its residuals would cost, seen in a few windows of it. Used by one thread.</summary>
/// <remarks>It costs residuals by their entropy, not by the codebooks at hand: so the pass that trains these and the pass that uses them agree.</remarks>
internal sealed class TransformChooser
{
    private const int MaxSampled = 256;
    private const int WindowLength = 64;

    // Another transform than the difference to the neighbour must save this share: its estimate is from a small sample.
    private const double Worthwhile = 0.97;

    private readonly ClassHistogram _histogram = new();
    private readonly long[] _sampled = new long[MaxSampled];
    private readonly long[] _sorted = new long[MaxSampled];
    private readonly long[] _residuals = new long[MaxSampled];
    private int _windowLength;
    private int _sampledCount;

    /// <summary>Chooses for at least two integers.</summary>
    public Transform Choose(ReadOnlySpan<long> integers, out long centre)
    {
        Sample(integers);
        long step = MedianStep();
        Transform best = Transform.Delta;
        centre = step;
        double cost = CostBits(Transform.Delta, step);
        if (cost == 0)
        {
            return best; // as good as it gets: mostly equal steps
        }

        cost *= Worthwhile;
        Consider(Transform.Level, MedianLevel(), ref best, ref centre, ref cost);
        Consider(Transform.DeltaOfDelta, integers[1] - integers[0], ref best, ref centre, ref cost);
        Consider(Transform.Line, step, ref best, ref centre, ref cost);
        return best;
    }

    private void Consider(Transform transform, long candidateCentre, ref Transform best, ref long centre, ref double cost)
    {
        double candidate = CostBits(transform, candidateCentre);
        if (candidate < cost)
        {
            (best, centre, cost) = (transform, candidateCentre, candidate);
        }
    }

    private void Sample(ReadOnlySpan<long> integers)
    {
        if (integers.Length <= MaxSampled)
        {
            integers.CopyTo(_sampled);
            _sampledCount = _windowLength = integers.Length;
            return;
        }

        _windowLength = WindowLength;
        _sampledCount = MaxSampled;
        int windows = MaxSampled / WindowLength;
        for (int i = 0; i < windows; i++)
        {
            int start = (int)((long)(integers.Length - WindowLength) * i / (windows - 1));
            integers.Slice(start, WindowLength).CopyTo(_sampled.AsSpan(i * WindowLength));
        }
    }

    private long MedianStep()
    {
        int count = 0;
        for (int i = 1; i < _sampledCount; i++)
        {
            if (i % _windowLength != 0)
            {
                _sorted[count++] = _sampled[i] - _sampled[i - 1];
            }
        }

        return Median(count);
    }

    private long MedianLevel()
    {
        _sampled.AsSpan(0, _sampledCount).CopyTo(_sorted);
        return Median(_sampledCount);
    }

    private long Median(int count)
    {
        _sorted.AsSpan(0, count).Sort();
        return _sorted[count / 2];
    }

    private double CostBits(Transform transform, long centre)
    {
        _histogram.Clear();
        for (int start = 0; start < _sampledCount; start += _windowLength)
        {
            ReadOnlySpan<long> window = _sampled.AsSpan(start, Math.Min(_windowLength, _sampledCount - start));
            long windowCentre = transform == Transform.DeltaOfDelta ? window[1] - window[0] : centre;
            Residuals.Take(transform, windowCentre, window, _residuals);
            for (int i = 1; i < window.Length; i++)
            {
                _histogram.Add(ResidualClasses.Of(_residuals[i]));
            }
        }

        return _histogram.EntropyBits() + _histogram.RawBits();
    }
}

namespace Tsdb.Query.Functions;

/// <summary>A mean taken as compensated sum by count, changing to an incremental mean when the sum would overflow.</summary>
internal struct RunningMean
{
    private CompensatedSum _sum; // once _isIncremental: the mean itself
    private double _count;
    private bool _isIncremental;

    /// <summary>Adds a number.</summary>
    public void Add(double value)
    {
        _count++;
        if (_count == 1)
        {
            _sum.Sum = value;
            return;
        }

        if (!_isIncremental)
        {
            CompensatedSum next = _sum;
            next.Add(value);
            if (!double.IsInfinity(next.Sum))
            {
                _sum = next;
                return;
            }

            _isIncremental = true;
            _sum.Sum /= _count - 1;
            _sum.Compensation /= _count - 1;
        }

        double weight = (_count - 1) / _count;
        _sum.Sum *= weight;
        _sum.Compensation *= weight;
        _sum.Add(value / _count);
    }

    /// <summary>The mean of the numbers added; NaN when there are none.</summary>
    public readonly double Mean => _isIncremental ? _sum.Sum + _sum.Compensation : (_sum.Sum / _count) + (_sum.Compensation / _count);
}

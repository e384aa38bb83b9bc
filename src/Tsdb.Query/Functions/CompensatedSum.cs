using System.Runtime.CompilerServices;

namespace Tsdb.Query.Functions;

/// <summary>A sum that keeps what rounding lost (Kahan's method as improved by Neumaier, 1974), in Prometheus' order of operations.</summary>
internal struct CompensatedSum
{
    /// <summary>The plain sum so far.</summary>
    public double Sum;

    /// <summary>What rounding has taken from it.</summary>
    public double Compensation;

    /// <summary>The sum with its compensation.</summary>
    public readonly double Total => double.IsInfinity(Sum) ? Sum : Sum + Compensation;

    /// <summary>Adds a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double increment)
    {
        double total = Sum + increment;
        if (double.IsInfinity(total))
        {
            Compensation = 0;
        }
        else if (Math.Abs(Sum) >= Math.Abs(increment))
        {
            Compensation += Sum - total + increment;
        }
        else
        {
            Compensation += increment - total + Sum;
        }

        Sum = total;
    }
}

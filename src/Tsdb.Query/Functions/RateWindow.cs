namespace Tsdb.Query.Functions;

/// <summary>What <c>rate</c> needs to know of one window's timestamps.</summary>
/// <param name="First">Index of the first sample.</param>
/// <param name="Last">Index of the last sample.</param>
/// <param name="Sampled">Seconds from the first sample to the last.</param>
/// <param name="ToStart">Seconds to extrapolate before the first sample.</param>
/// <param name="ToEnd">Seconds to extrapolate after the last sample.</param>
internal readonly record struct RateWindow(int First, int Last, double Sampled, double ToStart, double ToEnd)
{
    /// <summary>True when the window holds fewer than two samples, which give no rate.</summary>
    public bool IsTooShort => Last <= First;
}

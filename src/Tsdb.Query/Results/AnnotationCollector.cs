using Tsdb.Query.Functions;

namespace Tsdb.Query.Results;

/// <summary>Collects a query's warnings and infos; equal texts count once, and the position of the one raised last stays.</summary>
internal sealed class AnnotationCollector
{
    private readonly Dictionary<string, string> _warnings = [];
    private readonly Dictionary<string, string> _infos = [];

    /// <summary>The warnings, each with its position.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings.Values];

    /// <summary>The infos, each with its position.</summary>
    public IReadOnlyList<string> Infos => [.. _infos.Values];

    /// <summary>Raises a warning.</summary>
    /// <param name="text">What is wrong, without the leading words.</param>
    /// <param name="position">The line and column of the expression it is about, as "1:7".</param>
    public void Warn(string text, string position) => _warnings[text] = $"PromQL warning: {text} ({position})";

    /// <summary>Raises a warning for each quantile outside 0 to 1; the position is that of <see cref="Warn"/>.</summary>
    public void WarnAboutQuantiles(ReadOnlySpan<double> quantiles, string position)
    {
        foreach (double quantile in quantiles)
        {
            if (Quantiles.IsOutOfRange(quantile))
            {
                Warn(Quantiles.WarningFor(quantile), position);
            }
        }
    }

    /// <summary>Raises an info; the arguments are those of <see cref="Warn"/>.</summary>
    public void Inform(string text, string position) => _infos[text] = $"PromQL info: {text} ({position})";
}

using Tsdb.Model.Matching;
using Tsdb.Model.Placement;
using Tsdb.Model.Time;

namespace Tsdb.Model.Reading;

/// <summary>Which series, and which of their samples, a reader wants.</summary>
/// <param name="Tenant">Whose series.</param>
/// <param name="Matchers">All must match; none means every series.</param>
/// <param name="Range">The samples wanted, both ends included.</param>
public sealed record SeriesSelection(TenantId Tenant, IReadOnlyList<LabelMatcher> Matchers, TimeRange Range)
{
    /// <summary>Selects series of the default tenant.</summary>
    public SeriesSelection(IReadOnlyList<LabelMatcher> matchers, TimeRange range)
        : this(TenantId.Default, matchers, range)
    {
    }
}

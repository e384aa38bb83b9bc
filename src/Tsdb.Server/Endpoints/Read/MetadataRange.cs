using Tsdb.Model.Matching;
using Tsdb.Model.Reading;
using Tsdb.Model.Time;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Read;

/// <summary>The time range and selectors of a request for series, label names or label values.</summary>
internal static class MetadataRange
{
    /// <summary>Reads the range; without parameters, all of time.</summary>
    /// <exception cref="RequestException">A time is none, or the end lies before the start.</exception>
    public static TimeRange Read(RequestParameters parameters)
    {
        long startMs = parameters.Time("start", long.MinValue);
        long endMs = parameters.Time("end", long.MaxValue);
        if (endMs < startMs)
        {
            throw RequestException.InvalidParameter("end", "end timestamp must not be before start timestamp");
        }

        // Times are whole milliseconds, samples are not: the last millisecond counts whole.
        long maxTimeNs = Timestamps.AddSaturating(Timestamps.FromMilliseconds(endMs), Timestamps.NsPerMillisecond - 1);
        return new TimeRange(Timestamps.FromMilliseconds(startMs), maxTimeNs);
    }

    /// <summary>What to ask the database for: a selection per selector, or one of everything when there are no selectors.</summary>
    public static IReadOnlyList<SeriesSelection> Selections(IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, TimeRange range) => selectors.Count == 0
        ? [new SeriesSelection([], range)]
        : [.. selectors.Select(matchers => new SeriesSelection(matchers, range))];

    /// <summary>Asks for each selection and puts the answers, each sorted, together.</summary>
    public static IReadOnlyList<string> Union(IReadOnlyList<SeriesSelection> selections, Func<SeriesSelection, IReadOnlyList<string>> ask)
    {
        if (selections.Count == 1)
        {
            return ask(selections[0]);
        }

        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (SeriesSelection selection in selections)
        {
            all.UnionWith(ask(selection));
        }

        return [.. all];
    }
}

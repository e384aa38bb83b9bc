using System.Runtime.CompilerServices;
using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;

namespace Tsdb.Embedded;

/// <summary>Reads selected series with their samples, some at a time. Safe for concurrent use.</summary>
internal sealed class SeriesReader(ISeriesSource source)
{
    // Read together on a thread of the pool, so that the caller's thread is not held by the disk and is not switched for every series.
    private const int SamplesPerTurn = 1 << 16;
    private const int SamplesPerHistogram = 64; // as many take its memory

    /// <summary>Streams the series that have samples in the range.</summary>
    public async IAsyncEnumerable<Series> SelectAsync(SeriesSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using ISeriesCursor cursor = source.Select(selection, cancellationToken);
        var collector = new SampleCollector();
        var turn = new List<Series>();
        bool isMore = true;
        while (isMore)
        {
            turn.Clear();
            isMore = await Task.Run(() => ReadTurn(cursor, collector, turn, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (Series series in turn)
            {
                yield return series;
            }
        }
    }

    private static bool ReadTurn(ISeriesCursor cursor, SampleCollector collector, List<Series> turn, CancellationToken cancellationToken)
    {
        int samples = 0;
        while (samples < SamplesPerTurn)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!cursor.MoveNext())
            {
                return false;
            }

            Sample[] read = collector.Collect(cursor.Columns);
            HistogramSample[] histograms = SampleCollector.Collect(cursor.Histograms);
            if (read.Length + histograms.Length > 0)
            {
                turn.Add(new Series(LabelSet.FromTrusted(cursor.Labels), read) { Histograms = histograms });
                samples += read.Length + (histograms.Length * SamplesPerHistogram);
            }
        }

        return true;
    }
}

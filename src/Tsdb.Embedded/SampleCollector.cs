using System.Runtime.InteropServices;
using Tsdb.Model.Histograms;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;

namespace Tsdb.Embedded;

/// <summary>Gathers the samples of one series after the other, keeping its buffers. Not thread-safe.</summary>
internal sealed class SampleCollector
{
    private readonly List<Sample> _samples = [];
    private long[] _timestampsNs = [];
    private double[] _values = [];

    /// <summary>Reads the float samples of a series; copying takes time in proportion to their number, in however many runs they come.</summary>
    /// <returns>An array of the caller's own, in time order.</returns>
    public Sample[] Collect(IColumnReader columns)
    {
        _samples.Clear();
        while (columns.MoveNext())
        {
            if (columns.Current.Kind == SampleKind.Float)
            {
                ReadRun(columns);
            }
        }

        return [.. _samples];
    }

    /// <summary>Decodes the histograms of a series.</summary>
    /// <returns>An array of the caller's own, in time order.</returns>
    public static HistogramSample[] Collect(IHistogramReader histograms)
    {
        if (!histograms.MoveNext())
        {
            return [];
        }

        var samples = new List<HistogramSample>();
        do
        {
            samples.Add(new HistogramSample(histograms.TimestampNs, histograms.Read()));
        }
        while (histograms.MoveNext());
        return [.. samples];
    }

    private void ReadRun(IColumnReader columns)
    {
        int count = columns.Current.Count;
        if (_values.Length < count)
        {
            _timestampsNs = new long[count];
            _values = new double[count];
        }

        columns.Read(_timestampsNs, _values);
        int first = _samples.Count;
        CollectionsMarshal.SetCount(_samples, first + count); // the list grows by doubling
        Span<Sample> run = CollectionsMarshal.AsSpan(_samples)[first..];
        for (int i = 0; i < run.Length; i++)
        {
            run[i] = new Sample(_timestampsNs[i], _values[i]);
        }
    }
}

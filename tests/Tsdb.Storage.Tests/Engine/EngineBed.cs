using Microsoft.Extensions.Logging.Abstractions;
using Tsdb.Model.Files;
using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Model.Time;
using Tsdb.Model.Writing;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>An engine under test, with short ways to write and read everything.</summary>
internal sealed class EngineBed : IAsyncDisposable
{
    private EngineBed(StorageEngine engine) => Engine = engine;

    public StorageEngine Engine { get; }

    public static async Task<EngineBed> OpenAsync(IFileSystem files, int shards = 2, StorageOptions? options = null, TimeProvider? time = null)
    {
        var services = new StorageServices(files, time ?? TimeProvider.System, new Random(7), NullLoggerFactory.Instance);
        StorageOptions settings = (options ?? new StorageOptions { MemtableBytes = 1 << 20, WalSegmentBytes = 1 << 20 }) with { ShardCount = shards };
        return new EngineBed(await StorageEngine.OpenAsync("/data", settings, services, CancellationToken.None));
    }

    /// <summary>Writes samples as one request and waits until they are durable.</summary>
    public Task WriteAsync(params (LabelSet Labels, long TimestampNs, double Value)[] samples) => WriteAsync(Durability.Always, samples);

    /// <summary>Writes samples as one request and waits until they are as durable as asked.</summary>
    public async Task WriteAsync(Durability durability, params (LabelSet Labels, long TimestampNs, double Value)[] samples)
    {
        var batch = new WriteBatch(Engine.Appender.ShardCount);
        foreach ((LabelSet labels, long timestampNs, double value) in samples)
        {
            batch.Add(Engine.Appender.Resolve(labels.Canonical), timestampNs, value);
        }

        Engine.Appender.Append(batch);
        await Engine.Appender.WaitAsync(batch, durability, CancellationToken.None);
    }

    /// <summary>Writes histograms as one request and waits until they are durable.</summary>
    public async Task WriteHistogramsAsync(params (LabelSet Labels, long TimestampNs, NativeHistogram Histogram)[] samples)
    {
        var batch = new WriteBatch(Engine.Appender.ShardCount);
        foreach ((LabelSet labels, long timestampNs, NativeHistogram histogram) in samples)
        {
            batch.AddHistogram(Engine.Appender.Resolve(labels.Canonical), timestampNs, histogram);
        }

        Engine.Appender.Append(batch);
        await Engine.Appender.WaitAsync(batch, Durability.Always, CancellationToken.None);
    }

    /// <summary>The histograms in a range of every series that has any there.</summary>
    public Dictionary<LabelSet, HistogramSample[]> ReadHistograms(TimeRange? range = null)
    {
        var found = new Dictionary<LabelSet, HistogramSample[]>();
        using ISeriesCursor cursor = Engine.Series.Select(new SeriesSelection([], range ?? TimeRange.All), CancellationToken.None);
        while (cursor.MoveNext())
        {
            var samples = new List<HistogramSample>();
            while (cursor.Histograms.MoveNext())
            {
                samples.Add(new HistogramSample(cursor.Histograms.TimestampNs, cursor.Histograms.Read()));
            }

            if (samples.Count > 0)
            {
                found.Add(LabelSet.FromCanonical(cursor.Labels), [.. samples]);
            }
        }

        return found;
    }

    /// <summary>Every sample of every series that matches.</summary>
    public Dictionary<LabelSet, Sample[]> ReadAll(params LabelMatcher[] matchers) => Read(TimeRange.All, matchers);

    /// <summary>The samples in a range of every series that matches and has any there.</summary>
    public Dictionary<LabelSet, Sample[]> Read(TimeRange range, params LabelMatcher[] matchers)
    {
        var found = new Dictionary<LabelSet, Sample[]>();
        using ISeriesCursor cursor = Engine.Series.Select(new SeriesSelection(matchers, range), CancellationToken.None);
        while (cursor.MoveNext())
        {
            Sample[] samples = ReadColumn(cursor.Columns);
            if (samples.Length > 0)
            {
                found.Add(LabelSet.FromCanonical(cursor.Labels), samples);
            }
        }

        return found;
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static Sample[] ReadColumn(IColumnReader columns)
    {
        var samples = new List<Sample>();
        while (columns.MoveNext())
        {
            long[] timestampsNs = new long[columns.Current.Count];
            double[] values = new double[columns.Current.Count];
            columns.Read(timestampsNs, values);
            samples.AddRange(timestampsNs.Zip(values, (timestampNs, value) => new Sample(timestampNs, value)));
        }

        return [.. samples];
    }
}

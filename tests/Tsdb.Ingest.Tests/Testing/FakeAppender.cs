using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>An engine in a dictionary. Safe for concurrent use.</summary>
public sealed class FakeAppender(int shardCount = 2, bool keepsSamples = true) : IAppender
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LabelSet, SeriesHandle> _handles = [];
    private readonly List<LabelSet> _series = [];
    private readonly List<(LabelSet Labels, Sample Sample)> _samples = [];

    public TenantId Tenant => TenantId.Default;

    public int ShardCount => shardCount;

    public long OldestAcceptedTimestampNs { get; set; } = long.MinValue;

    public long Forgettings { get; set; }

    /// <summary>Handles that name no series any more.</summary>
    public HashSet<SeriesHandle> Forgotten { get; } = [];

    public int ResolveCount { get; private set; }

    public List<int> AppendedCounts { get; } = [];

    public List<Durability> Waits { get; } = [];

    public Exception? AppendFailure { get; set; }

    public IReadOnlyList<LabelSet> Series => _series;

    /// <summary>Everything appended, in order of arrival.</summary>
    public IReadOnlyList<(LabelSet Labels, Sample Sample)> Appended => _samples;

    /// <summary>The histograms appended, in order of arrival.</summary>
    public List<(LabelSet Labels, long TimestampNs, NativeHistogram Histogram)> Histograms { get; } = [];

    /// <summary>Everything appended, in order of series creation, then of arrival: <c>m{a="1"} 2@3</c>.</summary>
    public string[] Samples
    {
        get
        {
            lock (_gate)
            {
                return [.. _samples.Select(s => string.Create(null, $"{s.Labels} {s.Sample.Value:R}@{s.Sample.TimestampNs}"))];
            }
        }
    }

    public bool AreKnown(ReadOnlySpan<SeriesHandle> handles)
    {
        foreach (SeriesHandle handle in handles)
        {
            if (Forgotten.Contains(handle))
            {
                return false;
            }
        }

        return true;
    }

    public SeriesHandle Resolve(ReadOnlySpan<byte> canonicalLabels)
    {
        Assert.That(CanonicalLabels.IsCanonical(canonicalLabels), Is.True, "labels must be canonical");
        lock (_gate)
        {
            ResolveCount++;
            LabelSet labels = LabelSet.FromCanonical(canonicalLabels);
            if (!_handles.TryGetValue(labels, out SeriesHandle handle))
            {
                handle = new SeriesHandle((ushort)(_series.Count % shardCount), new SeriesRef((uint)_series.Count));
                _handles.Add(labels, handle);
                _series.Add(labels);
            }

            return handle;
        }
    }

    public void Append(WriteBatch batch)
    {
        lock (_gate)
        {
            if (AppendFailure is not null)
            {
                throw AppendFailure;
            }

            if (keepsSamples)
            {
                AppendedCounts.Add(batch.Count);
                Keep(batch);
            }

            batch.ClearSamples();
        }
    }

    public ValueTask WaitAsync(WriteBatch batch, Durability durability, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Waits.Add(durability);
        }

        return ValueTask.CompletedTask;
    }

    private void Keep(WriteBatch batch)
    {
        for (int shard = 0; shard < batch.Shards.Length; shard++)
        {
            ShardColumns columns = batch.Shards[shard];
            for (int i = 0; i < columns.Count; i++)
            {
                int index = (int)columns.Series[i];
                Assert.That(index % shardCount, Is.EqualTo(shard), "a sample must go to its series' shard");
                _samples.Add((_series[index], new Sample(columns.TimestampsNs[i], columns.Values[i])));
            }

            KeepHistograms(columns.Histograms);
        }
    }

    private void KeepHistograms(HistogramColumns? columns)
    {
        int start = 0;
        for (int i = 0; i < (columns?.Count ?? 0); i++)
        {
            int end = columns!.Ends[i];
            Assert.That(HistogramCodec.TryRead(columns.Bytes[start..end], out NativeHistogram? histogram));
            Histograms.Add((_series[(int)columns.Series[i]], columns.TimestampsNs[i], histogram!));
            start = end;
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Model.Errors;
using Tsdb.Model.Histograms;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;

namespace Tsdb.Embedded;

/// <summary>Writes single samples and batches to the engine. Safe for concurrent use.</summary>
/// <param name="appender">The engine.</param>
/// <param name="limits">The limits of labels.</param>
/// <param name="retention">How long samples are kept, for the refusal of older ones; null for ever.</param>
internal sealed class SampleWriter(IAppender appender, LineProtocolOptions limits, TimeSpan? retention)
{
    private const int MaxIdleBatches = 16;

    private readonly ConcurrentBag<WriteBatch> _idle = [];

    /// <summary>Appends one sample; it is visible on return.</summary>
    public void Write(LabelSet labels, in Sample sample)
    {
        CheckLimits(labels);
        CheckAge(labels, sample.TimestampNs, appender.OldestAcceptedTimestampNs);
        WriteBatch batch = Rent();
        batch.Add(appender.Resolve(labels.Canonical), sample.TimestampNs, sample.Value);
        appender.Append(batch);
        Return(batch);
    }

    /// <summary>Appends one histogram; it is visible on return.</summary>
    public void Write(LabelSet labels, long timestampNs, NativeHistogram histogram)
    {
        CheckLimits(labels);
        CheckAge(labels, timestampNs, appender.OldestAcceptedTimestampNs);
        WriteBatch batch = Rent();
        batch.AddHistogram(appender.Resolve(labels.Canonical), timestampNs, histogram);
        appender.Append(batch);
        Return(batch);
    }

    /// <summary>Appends a batch; it is visible on return.</summary>
    public void Write(SampleBatch samples)
    {
        WriteBatch batch = Rent();
        Append(samples, batch);
        Return(batch);
    }

    /// <summary>Appends a batch and completes when it is as durable as asked.</summary>
    public async ValueTask WriteAsync(SampleBatch samples, Durability durability, CancellationToken cancellationToken)
    {
        WriteBatch batch = Rent();
        Append(samples, batch);
        await appender.WaitAsync(batch, durability, cancellationToken).ConfigureAwait(false);
        Return(batch);
    }

    private void Append(SampleBatch samples, WriteBatch batch)
    {
        long oldestNs = appender.OldestAcceptedTimestampNs;
        LabelSet? previous = null;
        SeriesHandle series = default;
        foreach (SampleBatch.Entry entry in samples.Entries)
        {
            if (!ReferenceEquals(entry.Labels, previous))
            {
                CheckLimits(entry.Labels);
                series = appender.Resolve(entry.Labels.Canonical);
                previous = entry.Labels;
            }

            CheckAge(entry.Labels, entry.Sample.TimestampNs, oldestNs);
            if (entry.Histogram is { } histogram)
            {
                batch.AddHistogram(series, entry.Sample.TimestampNs, histogram);
            }
            else
            {
                batch.Add(series, entry.Sample.TimestampNs, entry.Sample.Value);
            }
        }

        appender.Append(batch);
    }

    private void CheckLimits(LabelSet labels)
    {
        ReadOnlySpan<byte> rest = labels.Canonical;
        int count = 0;
        while (!rest.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref rest);
            count++;
            if (label.Name.Length > limits.MaxLabelNameBytes)
            {
                Refuse($"A label name has {label.Name.Length} bytes", limits.MaxLabelNameBytes, nameof(limits.MaxLabelNameBytes));
            }

            if (label.Value.Length > limits.MaxLabelValueBytes)
            {
                Refuse($"A label value has {label.Value.Length} bytes", limits.MaxLabelValueBytes, nameof(limits.MaxLabelValueBytes));
            }
        }

        if (count > limits.MaxLabels)
        {
            Refuse($"The series has {count} labels", limits.MaxLabels, nameof(limits.MaxLabels));
        }

        if (count == 0)
        {
            throw new ArgumentException("A series needs at least one label.", nameof(labels));
        }
    }

    private void CheckAge(LabelSet labels, long timestampNs, long oldestNs)
    {
        if (timestampNs < oldestNs)
        {
            RefuseAge(labels, timestampNs, oldestNs);
        }
    }

    private void RefuseAge(LabelSet labels, long timestampNs, long oldestNs)
    {
        // Counted from the bound that was applied, as the clock has gone on since; in 128 bits, as any timestamp may be asked for.
        double retentionSeconds = retention.GetValueOrDefault().TotalSeconds;
        double ageSeconds = retentionSeconds + Math.Ceiling((double)((Int128)oldestNs - timestampNs) / 1e9);
        Refuse(string.Create(CultureInfo.InvariantCulture, $"A sample of {labels} is {ageSeconds:F0} seconds old"), (long)retentionSeconds, "Retention");
    }

    private static void Refuse(string what, long limit, string setting) => throw new LimitExceededException(what, limit, setting);

    // A batch that failed is not returned: what it holds is unknown.
    private WriteBatch Rent() => _idle.TryTake(out WriteBatch? batch) ? batch : new WriteBatch(appender.ShardCount);

    private void Return(WriteBatch batch)
    {
        batch.Reset();
        if (_idle.Count < MaxIdleBatches)
        {
            _idle.Add(batch);
        }
    }
}

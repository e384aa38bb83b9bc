using System.Collections.Concurrent;
using Tsdb.Ingest.LineProtocol;
using Tsdb.Model.Errors;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Samples;
using Tsdb.Model.Writing;

namespace Tsdb.Embedded;

/// <summary>Writes single samples and batches to the engine. Safe for concurrent use.</summary>
internal sealed class SampleWriter(IAppender appender, LineProtocolOptions limits)
{
    private const int MaxIdleBatches = 16;

    private readonly ConcurrentBag<WriteBatch> _idle = [];

    /// <summary>Appends one sample; it is visible on return and durable a little later.</summary>
    public void Write(LabelSet labels, in Sample sample)
    {
        CheckLimits(labels);
        WriteBatch batch = Rent();
        batch.Add(appender.Resolve(labels.Canonical), sample.TimestampNs, sample.Value);
        appender.Append(batch);
        Return(batch);
    }

    /// <summary>Appends a batch; it is visible on return and durable a little later.</summary>
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

            batch.Add(series, entry.Sample.TimestampNs, entry.Sample.Value);
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

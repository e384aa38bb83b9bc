using Google.Protobuf;
using Tsdb.Testing.RemoteWrite.V1;

namespace Tsdb.Testing.RemoteWrite;

/// <summary>Builds a message of remote write 1.0: series by series, each with its labels in the order given.</summary>
public sealed class V1Message
{
    private readonly WriteRequest _request = new();

    /// <summary>The message as an object, to add what the builder has no word for.</summary>
    public WriteRequest Request => _request;

    /// <summary>The message's bytes.</summary>
    public byte[] Bytes => _request.ToByteArray();

    /// <summary>Adds a series with one sample.</summary>
    public V1Message Series(long timestampMs, double value, params (string Name, string Value)[] labels) => Series([(timestampMs, value)], labels);

    /// <summary>Adds a series.</summary>
    public V1Message Series((long TimestampMs, double Value)[] samples, params (string Name, string Value)[] labels)
    {
        var series = new TimeSeries();
        series.Labels.AddRange(labels.Select(label => new Label { Name = label.Name, Value = label.Value }));
        series.Samples.AddRange(samples.Select(sample => new Sample { Timestamp = sample.TimestampMs, Value = sample.Value }));
        _request.Timeseries.Add(series);
        return this;
    }

    /// <summary>Adds the metadata of a family.</summary>
    public V1Message Metadata(string family, MetricMetadata.Types.MetricType type, string help, string unit)
    {
        _request.Metadata.Add(new MetricMetadata { MetricFamilyName = family, Type = type, Help = help, Unit = unit });
        return this;
    }
}

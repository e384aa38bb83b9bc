using Google.Protobuf;
using Tsdb.Testing.RemoteWrite.V2;

namespace Tsdb.Testing.RemoteWrite;

/// <summary>Builds a message of remote write 2.0: series by series, each with its labels in the order given; symbols are collected on the way.</summary>
public sealed class V2Message
{
    private readonly Request _request = new() { Symbols = { "" } };

    /// <summary>The message as an object, to add what the builder has no word for.</summary>
    public Request Request => _request;

    /// <summary>The message's bytes.</summary>
    public byte[] Bytes => _request.ToByteArray();

    /// <summary>The message with its series first, symbols behind, which protobuf allows.</summary>
    public byte[] BytesWithSymbolsLast
    {
        get
        {
            var series = new Request();
            series.Timeseries.AddRange(_request.Timeseries);
            var symbols = new Request();
            symbols.Symbols.AddRange(_request.Symbols);
            return [.. series.ToByteArray(), .. symbols.ToByteArray()];
        }
    }

    /// <summary>Adds a series with one sample.</summary>
    public V2Message Series(long timestampMs, double value, params (string Name, string Value)[] labels) => Series([(timestampMs, value)], labels);

    /// <summary>Adds a series.</summary>
    public V2Message Series((long TimestampMs, double Value)[] samples, params (string Name, string Value)[] labels)
    {
        var series = new TimeSeries();
        foreach ((string name, string value) in labels)
        {
            series.LabelsRefs.Add(Symbol(name));
            series.LabelsRefs.Add(Symbol(value));
        }

        series.Samples.AddRange(samples.Select(sample => new Sample { Timestamp = sample.TimestampMs, Value = sample.Value }));
        _request.Timeseries.Add(series);
        return this;
    }

    /// <summary>Gives the series added last metadata.</summary>
    public V2Message Metadata(Metadata.Types.MetricType type, string help, string unit)
    {
        _request.Timeseries[^1].Metadata = new Metadata { Type = type, HelpRef = Symbol(help), UnitRef = Symbol(unit) };
        return this;
    }

    /// <summary>The reference of a symbol, added if it is new.</summary>
    public uint Symbol(string text)
    {
        int index = _request.Symbols.IndexOf(text);
        if (index < 0)
        {
            index = _request.Symbols.Count;
            _request.Symbols.Add(text);
        }

        return (uint)index;
    }
}

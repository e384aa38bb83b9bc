using System.Buffers;
using System.Diagnostics;
using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// Maps measurement, tags and field key to a label set: tags become labels and the metric is called <c>measurement_field</c>; a field called
/// <c>value</c> leaves <c>measurement</c>, else a measurement called <c>prometheus</c> leaves <c>field</c>. Not thread-safe.
/// </summary>
internal sealed class SeriesMapper(IAppender appender, LineProtocolOptions options, PrefixTokens tokens)
{
    private readonly ArrayBufferWriter<byte> _text = new(256);
    private readonly ArrayBufferWriter<byte> _metricName = new(64);
    private readonly LabelSetBuilder _builder = new();
    private readonly TextRange[] _labels = new TextRange[2 * options.MaxLabels]; // name, value, name, value: ranges of _text
    private TextRange _measurement;
    private int _labelCount;
    private CacheScope _scope = CacheScope.None;

    private static ReadOnlySpan<byte> DatabaseName => "db"u8;

    /// <summary>Takes the prefix in the prefix tokens and checks its tags against the limits and the names that are taken.</summary>
    /// <param name="text">The text the tokens count from.</param>
    /// <param name="scope">Holds the database label, if any.</param>
    /// <param name="faultAt">Where the fault is.</param>
    public LineFault Begin(ReadOnlySpan<byte> text, CacheScope scope, out int faultAt)
    {
        _scope = scope;
        _text.ResetWrittenCount();
        _measurement = Unescape(tokens.Measurement.Of(text), isMeasurement: true);
        _labelCount = tokens.TagCount;
        faultAt = tokens.Measurement.Start;
        if (_labelCount + (scope.Database.Length > 0 ? 2 : 1) > options.MaxLabels)
        {
            return LineFault.TooManyLabels;
        }

        for (int i = 0; i < _labelCount; i++)
        {
            faultAt = tokens.Keys[i].Start;
            TextRange name = Unescape(tokens.Keys[i].Of(text), isMeasurement: false);
            TextRange value = Unescape(tokens.Values[i].Of(text), isMeasurement: false);
            LineFault fault = CheckLabel(name, value);
            if (fault != LineFault.None)
            {
                return fault;
            }

            _labels[2 * i] = name;
            _labels[(2 * i) + 1] = value;
        }

        return LineFault.None;
    }

    /// <summary>Says whether a field of the line may become a series.</summary>
    /// <param name="key">The field's key as written.</param>
    public LineFault CheckField(ReadOnlySpan<byte> key)
    {
        if (key.SequenceEqual(LabelNames.MetricNameUtf8))
        {
            return LineFault.ReservedName;
        }

        BuildMetricName(key);
        return _metricName.WrittenCount > options.MaxLabelValueBytes ? LineFault.LabelValueTooLong : LineFault.None;
    }

    /// <summary>Finds or creates the series of a field that passed <see cref="CheckField"/>.</summary>
    /// <param name="key">The field's key as written.</param>
    public SeriesHandle Resolve(ReadOnlySpan<byte> key)
    {
        BuildMetricName(key);
        _builder.Clear();
        _builder.AddTrusted(LabelNames.MetricNameUtf8, _metricName.WrittenSpan);
        ReadOnlySpan<byte> text = _text.WrittenSpan;
        for (int i = 0; i < _labelCount; i++)
        {
            _builder.AddTrusted(_labels[2 * i].Of(text), _labels[(2 * i) + 1].Of(text));
        }

        _builder.AddTrusted(DatabaseName, _scope.Database);
        bool isBuilt = _builder.TryBuildCanonical(out ReadOnlySpan<byte> canonical, out _);
        Debug.Assert(isBuilt, "duplicate tags and taken names were refused before");
        return appender.Resolve(canonical);
    }

    private LineFault CheckLabel(TextRange name, TextRange value)
    {
        if (name.Length > options.MaxLabelNameBytes)
        {
            return LineFault.LabelNameTooLong;
        }

        if (value.Length > options.MaxLabelValueBytes)
        {
            return LineFault.LabelValueTooLong;
        }

        ReadOnlySpan<byte> nameText = name.Of(_text.WrittenSpan);
        if (nameText.SequenceEqual(LabelNames.MetricNameUtf8))
        {
            return LineFault.ReservedName;
        }

        return _scope.Database.Length > 0 && nameText.SequenceEqual(DatabaseName) ? LineFault.ReservedDatabaseLabel : LineFault.None;
    }

    private void BuildMetricName(ReadOnlySpan<byte> key)
    {
        _metricName.ResetWrittenCount();
        ReadOnlySpan<byte> measurement = _measurement.Of(_text.WrittenSpan);
        if (key.SequenceEqual("value"u8))
        {
            _metricName.Write(measurement);
            return;
        }

        if (!measurement.SequenceEqual("prometheus"u8))
        {
            _metricName.Write(measurement);
            _metricName.Write("_"u8);
        }

        Escapes.AppendUnescaped(key, isMeasurement: false, _metricName);
    }

    private TextRange Unescape(ReadOnlySpan<byte> raw, bool isMeasurement)
    {
        int start = _text.WrittenCount;
        Escapes.AppendUnescaped(raw, isMeasurement, _text);
        return new TextRange(start, _text.WrittenCount - start);
    }
}

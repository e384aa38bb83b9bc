using System.Diagnostics;
using Tsdb.Model.Time;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>The sentence a client is told for each <see cref="LineFault"/>.</summary>
internal static class LineFaultText
{
    /// <summary>Words the reason; limits are named with their value and the setting that changes them.</summary>
    public static string Reason(LineFault fault, LineProtocolOptions options) => fault switch
    {
        LineFault.BadComment => "a control byte in a comment",
        LineFault.BadMeasurement => "a measurement name must not be empty, start with a comma, or hold control bytes",
        LineFault.BadTagKey => "a tag key must not be empty or hold control bytes",
        LineFault.MissingTagKey => "a tag key must follow the comma",
        LineFault.MissingTagEquals => "a tag key must be followed by '='; commas, spaces and '=' within it need a backslash",
        LineFault.MissingTagValue => "a tag must have a value; leave the tag out where it has none",
        LineFault.BadTagValue => "a tag value must be followed by a comma or a space; commas, spaces and '=' within it need a backslash",
        LineFault.DuplicateTag => "a tag key occurs twice",
        LineFault.InvalidUtf8 => "the text is not valid UTF-8",
        LineFault.MissingFields => "a field must follow the measurement and its tags, after a space",
        LineFault.BadFieldKey => "a field key must not be empty or hold control bytes",
        LineFault.MissingFieldEquals => "a field key must be followed by '='; commas, spaces and '=' within it need a backslash",
        LineFault.UnknownValueType => "a field value must be a number, a boolean, or a string in double quotes",
        LineFault.BadFloat => "the field value is not a number",
        LineFault.BadInteger => "the field value is not an integer, though it ends in 'i'",
        LineFault.BadUnsigned => "the field value is not an unsigned integer, though it ends in 'u'",
        LineFault.BadBoolean => "the field value is not one of t, T, true, True, TRUE, f, F, false, False, FALSE",
        LineFault.NumberOutOfRange => "the field value does not fit 64 bits",
        LineFault.UnterminatedString => "a string has no closing quote",
        LineFault.JunkAfterField => "a comma, a space or the line's end must follow a field's closing quote",
        LineFault.BadTimestamp => "the timestamp is not an integer",
        LineFault.TimestampOutOfRange => $"the timestamp, in nanoseconds, must be from {Timestamps.EarliestNs} to {Timestamps.LatestNs}",
        LineFault.JunkAfterTimestamp => "nothing may follow the timestamp",
        LineFault.LineTooLong => $"the line is longer than the limit of {options.MaxLineBytes} bytes (setting {nameof(options.MaxLineBytes)})",
        LineFault.TooManyLabels => $"the series has more labels than the limit of {options.MaxLabels} (setting {nameof(options.MaxLabels)})",
        LineFault.LabelNameTooLong =>
            $"a label name is longer than the limit of {options.MaxLabelNameBytes} bytes (setting {nameof(options.MaxLabelNameBytes)})",
        LineFault.LabelValueTooLong =>
            $"a label value is longer than the limit of {options.MaxLabelValueBytes} bytes (setting {nameof(options.MaxLabelValueBytes)})",
        LineFault.ReservedName => "no tag or field may be called __name__: that label holds the metric name",
        LineFault.ReservedDatabaseLabel => "no tag may be called db: the server puts the request's database there",
        LineFault.BeyondRetention => "the sample is older than the retention period",
        _ => throw new UnreachableException(),
    };
}

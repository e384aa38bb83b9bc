namespace Tsdb.Conformance.Tests.Reading;

/// <summary>One item of a series line.</summary>
/// <param name="Value">The float; null for a gap and for a histogram.</param>
/// <param name="IsHistogram">True for a native histogram.</param>
internal readonly record struct ScriptItem(double? Value, bool IsHistogram)
{
    public bool IsGap => Value is null && !IsHistogram;
}

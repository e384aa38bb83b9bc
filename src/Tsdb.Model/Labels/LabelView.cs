namespace Tsdb.Model.Labels;

/// <summary>One label of a canonical label set, as UTF-8 spans over the set's bytes.</summary>
public readonly ref struct LabelView
{
    /// <summary>Views a label; the spans are borrowed from the caller.</summary>
    public LabelView(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The label's name.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The label's value.</summary>
    public ReadOnlySpan<byte> Value { get; }
}

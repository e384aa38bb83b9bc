namespace Tsdb.Model.Samples;

/// <summary>What a column of samples holds. Part of the file formats: values never change meaning.</summary>
public enum SampleKind : byte
{
    /// <summary>IEEE-754 doubles.</summary>
    Float = 0,

    /// <summary>Native histograms.</summary>
    Histogram = 1,
}

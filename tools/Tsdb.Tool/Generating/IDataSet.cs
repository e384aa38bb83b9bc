namespace Tsdb.Tool.Generating;

/// <summary>Synthetic series, written line by line in the order a fleet of agents would send them. The same seed gives the same bytes. Not thread-safe.</summary>
internal interface IDataSet
{
    /// <summary>Lines there are.</summary>
    long LineCount { get; }

    /// <summary>Samples there are.</summary>
    long SampleCount { get; }

    /// <summary>Appends the next line, its line feed included; to be called <see cref="LineCount"/> times.</summary>
    /// <returns>The samples in the line.</returns>
    int AppendLine(LineBuffer buffer);
}

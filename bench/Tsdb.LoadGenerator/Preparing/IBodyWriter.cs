namespace Tsdb.LoadGenerator.Preparing;

/// <summary>Makes request bodies out of lines. Not thread-safe.</summary>
internal interface IBodyWriter
{
    /// <summary>Adds one line, without its line feed.</summary>
    /// <returns>How many samples it holds.</returns>
    /// <exception cref="FormatException">It is no line of the generator's form.</exception>
    int Add(ReadOnlySpan<byte> line);

    /// <summary>The body of the lines added since the last call; valid until the next call of <see cref="Add"/>.</summary>
    ReadOnlySpan<byte> Finish();
}

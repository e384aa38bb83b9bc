namespace Tsdb.Storage.Index;

/// <summary>
/// Finds series by their labels within one memtable shard or one block. Series are numbered; a posting list is an ascending list of these numbers.
/// </summary>
/// <remarks>
/// Matchers are resolved by <c>SeriesSelector</c> over this interface, the same way for the head and for blocks. Safe for concurrent use.
/// </remarks>
internal interface ILabelIndex
{
    /// <summary>How many series there are, for sizing.</summary>
    int SeriesCount { get; }

    /// <summary>
    /// Everything is there about the series with lower numbers. One with this number or a higher is being added: some of its labels may be found
    /// already and others not.
    /// </summary>
    uint SeriesLimit { get; }

    /// <summary>Adds every series' number.</summary>
    void CopyAll(PostingBuffer postings);

    /// <summary>Adds the numbers of the series with <c>name=value</c>; none when no series has it.</summary>
    void CopyPostings(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, PostingBuffer postings);

    /// <summary>Shows each value of a label to a visitor, in no particular order, with the numbers of the series that have it.</summary>
    void VisitValues<TVisitor>(ReadOnlySpan<byte> name, ref TVisitor visitor)
        where TVisitor : ILabelValueVisitor, allows ref struct;

    /// <summary>Appends the canonical labels of a series.</summary>
    void CopyLabels(uint series, System.Buffers.IBufferWriter<byte> canonicalLabels);
}

/// <summary>Receives the values of a label; see <see cref="ILabelIndex.VisitValues"/>.</summary>
internal interface ILabelValueVisitor
{
    /// <summary>What wanted values begin with; an index whose values are sorted need not show others. Empty when nothing is known.</summary>
    ReadOnlySpan<byte> Prefix { get; }

    /// <summary>Looks at one value (borrowed); returns true to be given the numbers of the series that have it.</summary>
    bool Wants(ReadOnlySpan<byte> value);

    /// <summary>Where wanted postings are added.</summary>
    PostingBuffer Postings { get; }
}

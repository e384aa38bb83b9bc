namespace Tsdb.Ingest.RemoteWrite;

/// <summary>What one series of a 2.0 message holds: its label references, and how much else. Not thread-safe; reused from series to series.</summary>
/// <remarks>TimeSeries fields: 1 label references, 2 sample, 3 histogram, 4 exemplar, 5 metadata; any other (created timestamp) is passed over.</remarks>
internal sealed class SeriesReferences
{
    /// <summary>Field 1, label references, packed.</summary>
    public const uint PackedReferencesTag = (1 << 3) | 2;

    /// <summary>Field 2, a sample.</summary>
    public const uint SampleTag = (2 << 3) | 2;

    /// <summary>Field 3, a histogram.</summary>
    public const uint HistogramTag = (3 << 3) | 2;

    private const uint ReferenceTag = 1 << 3;
    private const uint ExemplarTag = (4 << 3) | 2;
    private const uint MetadataTag = (5 << 3) | 2;
    private const uint MetadataTypeTag = 1 << 3;
    private const uint MetadataHelpTag = 3 << 3;
    private const uint MetadataUnitTag = 4 << 3;

    private readonly uint[] _references;

    /// <summary>Makes room for the references of a series with <paramref name="maxLabels"/> labels; of a series with more, the others are counted.</summary>
    public SeriesReferences(int maxLabels) => _references = new uint[2 * maxLabels];

    /// <summary>How many references there are: a name's and a value's for each label.</summary>
    public int Count { get; private set; }

    /// <summary>How many samples there are.</summary>
    public int SampleCount { get; private set; }

    /// <summary>How many histograms there are.</summary>
    public int HistogramCount { get; private set; }

    /// <summary>How many exemplars there are.</summary>
    public int ExemplarCount { get; private set; }

    /// <summary>The metadata; all 0 when there is none.</summary>
    public MetadataReferences Metadata { get; private set; }

    /// <summary>True when there are more references than there is room for.</summary>
    public bool IsCut => Count > _references.Length;

    /// <summary>The references, as far as there is room.</summary>
    public ReadOnlySpan<uint> References => _references.AsSpan(0, Math.Min(Count, _references.Length));

    /// <summary>Reads a series; false when it is malformed.</summary>
    public bool TryRead(ReadOnlySpan<byte> series)
    {
        Count = 0;
        SampleCount = 0;
        HistogramCount = 0;
        ExemplarCount = 0;
        Metadata = default;
        var reader = new ProtobufReader(series);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                PackedReferencesTag => reader.TryReadBytes(out ReadOnlySpan<byte> packed) && TryTakePacked(packed),
                ReferenceTag => reader.TryReadVarint(out ulong reference) && TryTake(reference),
                MetadataTag => reader.TryReadBytes(out ReadOnlySpan<byte> metadata) && TryTakeMetadata(metadata),
                _ => reader.TrySkip(tag),
            };
            SampleCount += tag == SampleTag ? 1 : 0;
            HistogramCount += tag == HistogramTag ? 1 : 0;
            ExemplarCount += tag == ExemplarTag ? 1 : 0;
        }

        return isRead;
    }

    private bool TryTakePacked(ReadOnlySpan<byte> packed)
    {
        var reader = new ProtobufReader(packed);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadVarint(out ulong reference) || !TryTake(reference))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(ulong reference)
    {
        if (Count < _references.Length)
        {
            _references[Count] = (uint)reference; // of a uint32 field only the low half counts
        }

        Count++;
        return true;
    }

    private bool TryTakeMetadata(ReadOnlySpan<byte> metadata)
    {
        ulong type = 0, help = 0, unit = 0;
        var reader = new ProtobufReader(metadata);
        bool isRead = true;
        while (isRead && !reader.IsAtEnd)
        {
            isRead = reader.TryReadTag(out uint tag) && tag switch
            {
                MetadataTypeTag => reader.TryReadVarint(out type),
                MetadataHelpTag => reader.TryReadVarint(out help),
                MetadataUnitTag => reader.TryReadVarint(out unit),
                _ => reader.TrySkip(tag),
            };
        }

        Metadata = new MetadataReferences((uint)type, (uint)help, (uint)unit);
        return isRead;
    }
}

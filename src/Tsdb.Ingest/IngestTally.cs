namespace Tsdb.Ingest;

/// <summary>Counts of one write request, kept plain while it is read and handed over at its end.</summary>
internal struct IngestTally
{
    public long BytesRead;
    public long LinesAccepted;
    public long LinesRefused;
    public long SamplesWritten;
    public long StringsSkipped;
    public long IntegersRounded;
    public long SeriesLookups;
    public long SamplesRefused;
    public long ExemplarsDropped;
    public long HistogramsWritten;
}

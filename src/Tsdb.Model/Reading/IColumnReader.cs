namespace Tsdb.Model.Reading;

/// <summary>
/// Reads the samples of one series in time order, column run by column run: <c>while (reader.MoveNext()) reader.Read(timestamps, values)</c>.
/// </summary>
/// <remarks>
/// Samples come with strictly ascending timestamps, each timestamp once (the last write wins), all within the selection's range. A run with equal
/// <see cref="ColumnRun.TimestampColumnId"/> (not 0) in two series has equal timestamps, so that window bounds may be computed once. Used by one thread.
/// </remarks>
public interface IColumnReader
{
    /// <summary>Goes to the next run of samples; false when there are no more.</summary>
    bool MoveNext();

    /// <summary>What the current run holds. Its count is exact.</summary>
    ref readonly ColumnRun Current { get; }

    /// <summary>Decodes the current run of <see cref="Samples.SampleKind.Float"/> samples into the caller's spans, each at least the run's count long.</summary>
    /// <exception cref="Errors.CorruptionException">The stored bytes are damaged.</exception>
    void Read(Span<long> timestampsNs, Span<double> values);

    /// <summary>
    /// Decodes the start timestamps of the current run (0 = unknown). Only to be called when <see cref="ColumnRun.HasStartTimestamps"/> is set.
    /// </summary>
    void ReadStartTimestamps(Span<long> startTimestampsNs);
}

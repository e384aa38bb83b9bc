using Tsdb.Model.Files;
using Tsdb.Storage.Wal;

namespace Tsdb.Storage.Recovery;

/// <summary>What a shard's log holds on disk when it is opened.</summary>
/// <param name="FirstSegment">The first segment the MANIFEST still needs.</param>
/// <param name="TailSegment">The first segment to replay: the same, or a later one when a checkpoint stands for those before it.</param>
/// <param name="LogBytes">Bytes of the segments from the first on.</param>
/// <param name="TailBytes">Bytes of the segments to replay.</param>
internal readonly record struct LogExtent(long FirstSegment, long TailSegment, long LogBytes, long TailBytes)
{
    /// <summary>Measures a log.</summary>
    public static LogExtent Measure(IFileSystem files, string directory, long firstSegment, long tailSegment)
    {
        long logBytes = 0;
        long tailBytes = 0;
        foreach (long number in WalSegmentName.List(files, directory).Where(number => number >= firstSegment))
        {
            using IReadableFile segment = files.OpenForReading(WalSegmentName.PathOf(directory, number));
            logBytes += segment.LengthBytes;
            tailBytes += number >= tailSegment ? segment.LengthBytes : 0;
        }

        return new LogExtent(firstSegment, tailSegment, logBytes, tailBytes);
    }
}

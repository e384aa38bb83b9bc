using Microsoft.Extensions.Logging;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Wal;

/// <summary>What a flusher does to the files of one log, measured and logged. Immutable; its calls are the flusher's.</summary>
internal sealed class WalFiles(
    IFileSystem files, string directory, uint shard, int roomBytes, TimeProvider timeProvider, ILogger logger, WalMetrics metrics)
{
    /// <summary>The directory of the segments.</summary>
    public string Directory => directory;

    /// <summary>The shard whose log it is.</summary>
    public uint Shard => shard;

    /// <summary>Where events are told.</summary>
    public ILogger Logger => logger;

    /// <summary>Where events are counted.</summary>
    public WalMetrics Metrics => metrics;

    /// <summary>Says whether an error means that the disk is full.</summary>
    public bool IsDiskFull(IOException error) => files.IsDiskFull(error);

    /// <summary>Creates a segment with its header.</summary>
    public WalSegment CreateSegment(in WalSegmentHeader header)
    {
        WalSegment segment = WalSegment.Create(files, directory, header, roomBytes);
        metrics.Written(WalFormat.SegmentHeaderBytes);
        return segment;
    }

    /// <summary>Makes a segment durable; does nothing when it is.</summary>
    public void Sync(WalSegment segment)
    {
        if (!segment.IsDurable)
        {
            long start = timeProvider.GetTimestamp();
            segment.Sync();
            metrics.Synced(timeProvider.GetElapsedTime(start));
        }
    }

    /// <summary>Deletes the segments before <paramref name="firstKept"/>. What cannot be deleted stays until the next time.</summary>
    public void DeleteBefore(long firstKept)
    {
        try
        {
            foreach (long number in WalSegmentName.List(files, directory))
            {
                // In ascending order, so that a crash on the way leaves no gap.
                if (number < firstKept)
                {
                    files.DeleteFile(WalSegmentName.PathOf(directory, number));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.SegmentNotDeleted(directory, error);
        }
    }
}

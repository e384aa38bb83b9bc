using System.Buffers.Binary;
using Tsdb.Storage.Wal;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Wal;

/// <summary>A healthy log of one series and one sample a batch, ready to be damaged.</summary>
internal sealed class DamagedLog
{
    private DamagedLog(InMemoryFileSystem files) => Files = files;

    public InMemoryFileSystem Files { get; }

    /// <summary>Segment 1: batches 1 to 5, segment 2: 6 to 10, segment 3: 11 to 15. All synced; the last is as a crash or a clean stop leaves it.</summary>
    public static async Task<DamagedLog> CreateAsync(bool isClosed)
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory("/data");
        var log = new TestLog(files);
        for (ulong batch = 1; batch <= 15; batch++)
        {
            if (batch is 6 or 11)
            {
                log.StartGeneration();
            }

            await log.WriteAsync(batch, slot: 1);
        }

        InMemoryFileSystem crashed = files.Crash();
        await log.DisposeAsync();
        return new DamagedLog(isClosed ? files : crashed);
    }

    public static string PathOf(long segment) => WalSegmentName.PathOf(TestLog.Directory, segment);

    /// <summary>A copy to damage.</summary>
    public DamagedLog Copy() => new(Files.Crash(CrashSurvivors.Everything));

    public byte[] Read(long segment) => Files.ReadAllBytes(PathOf(segment));

    public void Replace(long segment, ReadOnlySpan<byte> bytes) => Files.WriteAllBytes(PathOf(segment), bytes);

    public void Append(long segment, params ReadOnlySpan<byte> bytes) => Replace(segment, [.. Read(segment), .. bytes]);

    public void FlipBit(long segment, int offsetBytes, int bit = 0)
    {
        byte[] bytes = Read(segment);
        bytes[offsetBytes] ^= (byte)(1 << bit);
        Replace(segment, bytes);
    }

    /// <summary>Where the records of a segment begin, and, last, where they end.</summary>
    public List<int> RecordOffsets(long segment)
    {
        byte[] bytes = Read(segment);
        List<int> offsets = [WalFormat.SegmentHeaderBytes];
        while (offsets[^1] < bytes.Length)
        {
            int lengthBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offsets[^1]));
            offsets.Add(offsets[^1] + WalFormat.RecordHeaderBytes + lengthBytes);
        }

        return offsets;
    }
}

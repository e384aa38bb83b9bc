namespace Tsdb.Testing.Files;

/// <summary>The content of one in-memory file: the bytes programs see and the bytes the disk has. Guarded by its file system's gate.</summary>
internal sealed class MemoryFile
{
    private const int SectorBytes = 512; // what a disk writes whole or not at all

    private readonly List<(int Start, int End)> _unsynced = [];
    private byte[] _bytes = [];
    private byte[] _syncedBytes = [];
    private int _syncedLength;

    /// <summary>The length programs see.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes programs see.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Write(long offsetBytes, ReadOnlySpan<byte> bytes)
    {
        int start = checked((int)offsetBytes);
        int end = checked(start + bytes.Length);
        Grow(ref _bytes, end);
        bytes.CopyTo(_bytes.AsSpan(start));
        Length = Math.Max(Length, end);
        _unsynced.Add((start, end));
    }

    public void SetLength(long lengthBytes)
    {
        int length = checked((int)lengthBytes);
        Grow(ref _bytes, length);
        if (length < Length)
        {
            _bytes.AsSpan(length, Length - length).Clear();
        }

        _unsynced.Add((Math.Min(length, Length), Math.Max(length, Length)));
        Length = length;
    }

    public void Sync()
    {
        Grow(ref _syncedBytes, Length);
        foreach ((int start, int end) in _unsynced)
        {
            CopySector(_bytes, _syncedBytes, start, end);
        }

        _unsynced.Clear();
        _syncedLength = Length;
    }

    /// <summary>The file as a crash leaves it.</summary>
    public MemoryFile Survive(CrashSurvivors survivors, Random random)
    {
        var survivor = new MemoryFile();
        bool isNew = survivors == CrashSurvivors.Everything;
        byte[] bytes = (isNew ? _bytes : _syncedBytes).AsSpan().ToArray();
        int length = isNew ? Length : _syncedLength;
        if (survivors == CrashSurvivors.AnyMix)
        {
            length = random.Next(2) == 0 ? length : Length;
            Grow(ref bytes, Math.Max(length, Length));
            foreach ((int start, int end) in _unsynced)
            {
                for (int sector = start; sector < end; sector = (sector / SectorBytes * SectorBytes) + SectorBytes)
                {
                    if (random.Next(2) == 0)
                    {
                        CopySector(_bytes, bytes, sector, Math.Min(end, (sector / SectorBytes * SectorBytes) + SectorBytes));
                    }
                }
            }
        }

        survivor.Write(0, bytes.AsSpan(0, Math.Min(length, bytes.Length)));
        survivor.SetLength(length);
        survivor.Sync();
        return survivor;
    }

    private static void CopySector(byte[] from, byte[] to, int start, int end)
    {
        // What was cut off since it was written may lie beyond either array.
        int limit = Math.Min(end, Math.Min(from.Length, to.Length));
        if (start < limit)
        {
            from.AsSpan(start, limit - start).CopyTo(to.AsSpan(start));
        }
    }

    private static void Grow(ref byte[] bytes, int length)
    {
        if (length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(length, bytes.Length * 2));
        }
    }
}

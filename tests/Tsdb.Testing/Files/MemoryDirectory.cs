namespace Tsdb.Testing.Files;

/// <summary>One in-memory directory: the names programs see and the names the disk has. Guarded by its file system's gate.</summary>
internal sealed class MemoryDirectory
{
    private Dictionary<string, object> _syncedEntries = new(StringComparer.Ordinal);

    /// <summary>The names programs see; each a <see cref="MemoryFile"/> or a <see cref="MemoryDirectory"/>.</summary>
    public SortedDictionary<string, object> Entries { get; } = new(StringComparer.Ordinal);

    public void Sync() => _syncedEntries = new Dictionary<string, object>(Entries, StringComparer.Ordinal);

    /// <summary>The directory as a crash leaves it, with all in it.</summary>
    public MemoryDirectory Survive(CrashSurvivors survivors, Random random)
    {
        var survivor = new MemoryDirectory();
        foreach (string name in _syncedEntries.Keys.Union(Entries.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            _syncedEntries.TryGetValue(name, out object? synced);
            Entries.TryGetValue(name, out object? seen);
            bool isNew = survivors == CrashSurvivors.Everything || (survivors == CrashSurvivors.AnyMix && random.Next(2) == 0);
            switch (isNew ? seen : synced)
            {
                case MemoryFile file:
                    survivor.Entries.Add(name, file.Survive(survivors, random));
                    break;
                case MemoryDirectory directory:
                    survivor.Entries.Add(name, directory.Survive(survivors, random));
                    break;
            }
        }

        survivor.Sync();
        return survivor;
    }
}

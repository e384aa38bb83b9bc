using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Model.Metadata;

namespace Tsdb.Storage.Metadata;

/// <summary>Metric metadata in memory and in the data folder. Safe for concurrent use.</summary>
internal sealed class MetadataStore : IMetadataStore, IDisposable
{
    /// <summary>Most memory the entries take: some 100,000 families. Senders can invent names without end, so there must be one.</summary>
    private const long MaxBytes = 32L << 20;

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();     // guards the table and what is not saved; taken after _fileGate, never before
    private readonly Lock _fileGate = new(); // guards the file
    private readonly MetadataTable _table = new(MaxBytes);
    private readonly MetadataLog _log;
    private List<MetadataEntry> _unsaved = [];
    private long _version;      // counts the changes; written under _gate
    private long _savedVersion; // the changes that are on disk; written under _fileGate

    private MetadataStore(IFileSystem files, string folder) => _log = MetadataLog.Open(files, folder, _table);

    /// <summary>Bytes of the file that could not be read: the families in them are known again once a sender tells of them.</summary>
    public long DamagedBytes => _log.DamagedBytes;

    /// <summary>Opens the metadata of a data folder whose lock the caller holds.</summary>
    /// <exception cref="DataFolderException">The file is of a newer version.</exception>
    public static MetadataStore Open(IFileSystem files, string folder) => new(files, folder);

    /// <inheritdoc/>
    public void Set(ReadOnlySpan<byte> family, MetricType type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        lock (_gate)
        {
            if (_table.TrySet(family, type, help, unit, out MetadataEntry? entry))
            {
                _unsaved.Add(entry);
                Volatile.Write(ref _version, _version + 1);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(CancellationToken cancellationToken) => Volatile.Read(ref _savedVersion) == Volatile.Read(ref _version)
        ? ValueTask.CompletedTask
        : new ValueTask(Task.Run(Save, cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<MetricMetadata> List() =>
        [.. Snapshot().Select(entry => new MetricMetadata(Text(entry.Family), entry.Type, Text(entry.Help), Text(entry.Unit)))];

    /// <summary>Closes the file. No call may be under way.</summary>
    public void Dispose() => _log.Dispose();

    private static string Text(byte[] utf8) => System.Text.Encoding.UTF8.GetString(utf8);

    private void Save()
    {
        lock (_fileGate)
        {
            List<MetadataEntry> changed;
            long version;
            lock (_gate)
            {
                changed = _unsaved;
                version = _version;
                _unsaved = [];
            }

            if (version == _savedVersion)
            {
                return; // another call saved it meanwhile
            }

            try
            {
                _log.Write(changed, Snapshot);
            }
            catch (IOException error)
            {
                throw new UnavailableException($"The metric metadata cannot be written: {error.Message}", RetryAfterFailure, error);
            }

            Volatile.Write(ref _savedVersion, version);
        }
    }

    private IReadOnlyList<MetadataEntry> Snapshot()
    {
        MetadataEntry[] entries;
        lock (_gate)
        {
            entries = [.. _table.Entries];
        }

        Array.Sort(entries, (left, right) => left.Family.AsSpan().SequenceCompareTo(right.Family));
        return entries;
    }
}

using System.IO.Hashing;
using System.Runtime.InteropServices;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.SeriesKeys;

/// <summary>
/// Knows the series of the keys seen before: from the bytes that name a series in a message to its handle, so that a known series needs one hash and
/// one comparison, or the comparison alone, and builds no label set.
/// </summary>
/// <remarks>
/// <para>One cache serves all requests of an engine. Readers take no lock; only new series and series coming back from idleness do.</para>
/// <para>Bounded by two generations, like the cache of line protocol: a key found in the old one moves to the young, if the engine still knows its
/// series; when the young one is full, or when the engine's series grow older (<see cref="Follow"/>), it becomes the old one and the old one is
/// dropped.</para>
/// </remarks>
/// <param name="appender">Knows which series left memory.</param>
/// <param name="maxBytes">Memory it may take, about.</param>
internal sealed class SeriesHandleCache(IAppender appender, long maxBytes)
{
    private readonly Lock _gate = new();     // held by writers; taken alone
    private volatile KeyTable _young = new(); // replaced under _gate
    private volatile KeyTable _old = new();   // replaced under _gate
    private long _forgettings = appender.Forgettings; // the engine's count that was followed last; written under _gate

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes => _young.SizeBytes + _old.SizeBytes;

    /// <summary>Finds the key at the start of a text when it is the one the cursor expects: without a hash, in memory read in order.</summary>
    /// <param name="text">Begins with a key, perhaps.</param>
    /// <param name="stop">The byte that must follow the key.</param>
    /// <param name="cursor">Expects a key, perhaps; moves on when it is there.</param>
    /// <param name="keyLength">The key's length.</param>
    /// <param name="handle">Its series.</param>
    public bool TryFindNext(ReadOnlySpan<byte> text, byte stop, scoped ref SeriesHandleCursor cursor, out int keyLength, out SeriesHandle handle)
    {
        KeyTable young = _young;
        if (cursor.Table == young && young.TryMatch(ref cursor.Place, text, [], stop, out keyLength, out ReadOnlySpan<byte> payload))
        {
            handle = MemoryMarshal.Read<SeriesHandle>(payload);
            return true;
        }

        keyLength = 0;
        handle = default;
        return false;
    }

    /// <summary>Finds a key.</summary>
    /// <param name="key">The key; need not be valid, as only valid ones are stored.</param>
    /// <param name="cursor">Receives where the next key is expected.</param>
    /// <param name="handle">Its series.</param>
    public bool TryFind(ReadOnlySpan<byte> key, scoped ref SeriesHandleCursor cursor, out SeriesHandle handle)
    {
        ulong hash = XxHash3.HashToUInt64(key);
        KeyTable young = _young;
        if (young.TryFind(hash, key, [], out ReadOnlySpan<byte> payload, out uint next))
        {
            cursor = new SeriesHandleCursor(young, next);
            handle = MemoryMarshal.Read<SeriesHandle>(payload);
            return true;
        }

        cursor = default;
        if (_old.TryFind(hash, key, [], out payload, out _))
        {
            handle = MemoryMarshal.Read<SeriesHandle>(payload);
            if (appender.AreKnown([handle]))
            {
                Store(hash, key, handle);
                return true;
            }
        }

        handle = default;
        return false;
    }

    /// <summary>Remembers a key that <see cref="TryFind"/> did not know; one too long to keep is left out.</summary>
    public void Add(ReadOnlySpan<byte> key, SeriesHandle handle) => Store(XxHash3.HashToUInt64(key), key, handle);

    /// <summary>Asks the engine whether series have left memory; entries are then checked before they are used again. To be called before each batch.</summary>
    public void Follow()
    {
        long forgettings = appender.Forgettings;
        if (Volatile.Read(ref _forgettings) == forgettings)
        {
            return;
        }

        lock (_gate)
        {
            for (long step = Math.Min(2, forgettings - _forgettings); step > 0; step--)
            {
                BeginGeneration();
            }

            Volatile.Write(ref _forgettings, Math.Max(_forgettings, forgettings));
        }
    }

    private void Store(ulong hash, ReadOnlySpan<byte> key, SeriesHandle handle)
    {
        ReadOnlySpan<byte> payload = MemoryMarshal.AsBytes(new ReadOnlySpan<SeriesHandle>(in handle));
        if (!KeyTable.Fits(key.Length, payload.Length))
        {
            return;
        }

        lock (_gate)
        {
            if (_young.SizeBytes >= maxBytes / 2)
            {
                BeginGeneration();
            }

            if (!_young.TryFind(hash, key, [], out _, out _))
            {
                _young.Add(hash, key, [], payload);
            }
        }
    }

    private void BeginGeneration()
    {
        _old = _young;
        _young = new KeyTable();
    }
}

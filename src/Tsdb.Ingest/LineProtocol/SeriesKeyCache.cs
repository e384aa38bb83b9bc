using System.IO.Hashing;
using System.Runtime.InteropServices;
using Tsdb.Model.Placement;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// Knows the series of the lines seen before: from a line's prefix as written (measurement and tags) to the series of each of its fields, so that
/// a line of known series needs one hash and one comparison and builds no label set.
/// </summary>
/// <remarks>
/// <para>One cache serves all requests of an engine. Readers take no lock; only new series and series coming back from idleness do. A cache per
/// request or per thread would need no lock either, but would learn, and keep in memory, every series once per thread.</para>
/// <para>Bounded by two generations: lookups that hit the old one move the entry to the young, if the engine still knows its series; when the young one is full, or when
/// the engine's series grow older (<see cref="Follow"/>), it becomes the old one and the old one is dropped. What was not used for two generations is forgotten.</para>
/// </remarks>
internal sealed class SeriesKeyCache
{
    private readonly IAppender _appender;
    private readonly long _maxGenerationBytes;
    private readonly Lock _gate = new();           // held by writers; taken alone
    private volatile CacheGeneration _young = new(); // replaced under _gate
    private volatile CacheGeneration _old = new();   // replaced under _gate
    private ulong _lastGroupId;                      // guarded by _gate
    private long _forgettings;                       // the engine's count that was followed last; written under _gate

    /// <summary>Creates an empty cache that holds at most about <paramref name="maxBytes"/> bytes.</summary>
    public SeriesKeyCache(IAppender appender, long maxBytes)
    {
        _appender = appender;
        _maxGenerationBytes = maxBytes / 2;
        _forgettings = appender.Forgettings;
    }

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes => _young.SizeBytes + _old.SizeBytes;

    /// <summary>
    /// Finds the prefix at the start of <paramref name="text"/> when it is the one the cursor expects: without a hash, in memory read in order.
    /// </summary>
    /// <param name="text">Text from the start of a point on.</param>
    /// <param name="scope">What the prefix means besides its bytes.</param>
    /// <param name="cursor">Expects a prefix, perhaps; moves on when it is there.</param>
    /// <param name="prefixLength">The prefix's length; a space follows it.</param>
    /// <param name="group">The fields to expect.</param>
    public bool TryFindNext(ReadOnlySpan<byte> text, CacheScope scope, scoped ref CacheCursor cursor, out int prefixLength, out SeriesGroup group)
    {
        CacheGeneration young = _young;
        if (cursor.Generation == young)
        {
            return young.TryMatchGroup(ref cursor.Place, text, scope, out prefixLength, out group);
        }

        prefixLength = 0;
        group = SeriesGroup.None;
        return false;
    }

    /// <summary>Finds what is known of a prefix.</summary>
    /// <param name="prefix">Measurement and tags as written; need not be valid, as only valid ones are stored.</param>
    /// <param name="scope">What the prefix means besides its bytes.</param>
    /// <param name="cursor">Receives where the next prefix is expected.</param>
    /// <param name="group">The fields to expect; <see cref="SeriesGroup.None"/> when the prefix is not known.</param>
    public bool TryFind(ReadOnlySpan<byte> prefix, CacheScope scope, scoped ref CacheCursor cursor, out SeriesGroup group)
    {
        ulong hash = XxHash3.HashToUInt64(prefix, scope.HashSeed);
        CacheGeneration young = _young;
        if (young.TryFindGroup(hash, prefix, scope, out group, out uint next))
        {
            cursor.Generation = young;
            cursor.Place = next;
            return true;
        }

        cursor.Generation = null;
        return TryFindIdle(hash, prefix, scope, out group);
    }

    /// <summary>Remembers a prefix that <see cref="TryFind"/> did not know.</summary>
    /// <param name="prefix">Measurement and tags as written, found valid.</param>
    /// <param name="scope">What the prefix means besides its bytes.</param>
    /// <param name="template">The keys of the line's fields.</param>
    /// <param name="handles">Their series.</param>
    public void AddGroup(ReadOnlySpan<byte> prefix, CacheScope scope, FieldTemplate template, ReadOnlySpan<SeriesHandle> handles)
    {
        ulong hash = XxHash3.HashToUInt64(prefix, scope.HashSeed);
        lock (_gate)
        {
            CacheGeneration young = MakeRoom();
            if (!young.TryFindGroup(hash, prefix, scope, out _, out _))
            {
                young.AddGroup(hash, prefix, scope, new SeriesGroup(++_lastGroupId, template, handles));
            }
        }
    }

    /// <summary>Finds the series of a field that its group's template lacks.</summary>
    /// <param name="groupId">The group, known.</param>
    /// <param name="key">The field's key as written.</param>
    /// <param name="handle">Its series.</param>
    public bool TryFindField(ulong groupId, ReadOnlySpan<byte> key, out SeriesHandle handle)
    {
        ReadOnlySpan<byte> id = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in groupId));
        ulong hash = XxHash3.HashToUInt64(key, (long)groupId);
        if (_young.TryFindField(hash, id, key, out handle))
        {
            return true;
        }

        if (!_old.TryFindField(hash, id, key, out handle) || !_appender.AreKnown([handle]))
        {
            return false;
        }

        AddField(groupId, key, handle);
        return true;
    }

    /// <summary>Remembers a field that its group's template lacks.</summary>
    public void AddField(ulong groupId, ReadOnlySpan<byte> key, SeriesHandle handle)
    {
        ReadOnlySpan<byte> id = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in groupId));
        ulong hash = XxHash3.HashToUInt64(key, (long)groupId);
        lock (_gate)
        {
            CacheGeneration young = MakeRoom();
            if (!young.TryFindField(hash, id, key, out _))
            {
                young.AddField(hash, id, key, handle);
            }
        }
    }

    /// <summary>Asks the engine whether series have left memory; entries are then checked before they are used again. To be called before each batch.</summary>
    public void Follow()
    {
        long forgettings = _appender.Forgettings;
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

    private bool TryFindIdle(ulong hash, ReadOnlySpan<byte> prefix, CacheScope scope, out SeriesGroup group)
    {
        if (!_old.TryFindGroup(hash, prefix, scope, out group, out _) || !_appender.AreKnown(group.Handles))
        {
            group = SeriesGroup.None;
            return false;
        }

        lock (_gate)
        {
            CacheGeneration young = MakeRoom();
            if (!young.TryFindGroup(hash, prefix, scope, out _, out _))
            {
                young.AddGroup(hash, prefix, scope, group);
            }
        }

        return true;
    }

    private CacheGeneration MakeRoom()
    {
        if (_young.SizeBytes >= _maxGenerationBytes)
        {
            BeginGeneration();
        }

        return _young;
    }

    private void BeginGeneration()
    {
        _old = _young;
        _young = new CacheGeneration();
    }
}

using System.IO.Hashing;
using System.Runtime.InteropServices;
using Tsdb.Ingest.SeriesKeys;
using Tsdb.Model.Placement;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// One generation of <see cref="SeriesKeyCache"/>: prefixes, the templates they share, and fields that fit no template. Read without locks;
/// writers are serialised by the cache.
/// </summary>
internal sealed class CacheGeneration
{
    private const int MaxTemplates = 4096;
    private const int MaxTemplateBytes = 16 << 10;
    private const int MaxTemplateFields = 1024;
    private const int GroupHeaderBytes = 16;

    private readonly KeyTable _groups = new();
    private readonly KeyTable _looseFields = new();
    private readonly KeyTable _templateIndexes = new();
    private volatile FieldTemplate[] _templates = [FieldTemplate.Empty];
    private long _templateBytes;

    /// <summary>Memory held, in bytes.</summary>
    public long SizeBytes => _groups.SizeBytes + _looseFields.SizeBytes + _templateIndexes.SizeBytes + _templateBytes;

    /// <summary>Finds the group of a prefix, and the place of the one added after it.</summary>
    public bool TryFindGroup(ulong hash, ReadOnlySpan<byte> prefix, CacheScope scope, out SeriesGroup group, out uint next)
    {
        bool isFound = _groups.TryFind(hash, prefix, scope.Suffix, out ReadOnlySpan<byte> payload, out next);
        group = isFound ? GroupOf(payload) : SeriesGroup.None;
        return isFound;
    }

    /// <summary>Finds the group at a place when <paramref name="text"/> begins with its prefix and a space.</summary>
    public bool TryMatchGroup(scoped ref uint place, ReadOnlySpan<byte> text, CacheScope scope, out int prefixLength, out SeriesGroup group)
    {
        bool isMatch = _groups.TryMatch(ref place, text, scope.Suffix, (byte)' ', out prefixLength, out ReadOnlySpan<byte> payload);
        group = isMatch ? GroupOf(payload) : SeriesGroup.None;
        return isMatch;
    }

    /// <summary>Adds the group of a prefix that is not there; one too long to keep is left out.</summary>
    public void AddGroup(ulong hash, ReadOnlySpan<byte> prefix, CacheScope scope, SeriesGroup group)
    {
        // Without a template the group has no fields of its own: they are all loose.
        int template = Intern(group.Template);
        ReadOnlySpan<byte> handles = template == 0 ? [] : MemoryMarshal.AsBytes(group.Handles);
        int payloadLength = GroupHeaderBytes + handles.Length;
        if (!KeyTable.Fits(prefix.Length + scope.Suffix.Length, payloadLength))
        {
            return;
        }

        Span<byte> payload = stackalloc byte[GroupHeaderBytes + (MaxTemplateFields * 8)];
        MemoryMarshal.Write(payload, group.Id);
        MemoryMarshal.Write(payload[8..], template);
        handles.CopyTo(payload[GroupHeaderBytes..]);
        _groups.Add(hash, prefix, scope.Suffix, payload[..payloadLength]);
    }

    /// <summary>Finds the series of a field that its group's template lacks.</summary>
    public bool TryFindField(ulong hash, ReadOnlySpan<byte> groupId, ReadOnlySpan<byte> key, out SeriesHandle handle)
    {
        bool isFound = _looseFields.TryFind(hash, groupId, key, out ReadOnlySpan<byte> payload, out _);
        handle = isFound ? MemoryMarshal.Read<SeriesHandle>(payload) : default;
        return isFound;
    }

    /// <summary>Adds a field that its group's template lacks and that is not there.</summary>
    public void AddField(ulong hash, ReadOnlySpan<byte> groupId, ReadOnlySpan<byte> key, SeriesHandle handle)
    {
        ReadOnlySpan<byte> payload = MemoryMarshal.AsBytes(new ReadOnlySpan<SeriesHandle>(in handle));
        if (KeyTable.Fits(groupId.Length + key.Length, payload.Length))
        {
            _looseFields.Add(hash, groupId, key, payload);
        }
    }

    private SeriesGroup GroupOf(ReadOnlySpan<byte> payload)
    {
        ulong id = MemoryMarshal.Read<ulong>(payload);
        FieldTemplate template = _templates[MemoryMarshal.Read<int>(payload[8..])];
        return new SeriesGroup(id, template, MemoryMarshal.Cast<byte, SeriesHandle>(payload[GroupHeaderBytes..]));
    }

    // The index of an equal template; 0, the empty one, when there is no room for another.
    private int Intern(FieldTemplate template)
    {
        FieldTemplate[] templates = _templates;
        if (template.Count is 0 or > MaxTemplateFields || template.Keys.Length > MaxTemplateBytes)
        {
            return 0;
        }

        ulong hash = XxHash3.HashToUInt64(template.Keys);
        if (_templateIndexes.TryFind(hash, template.Keys, [], out ReadOnlySpan<byte> payload, out _))
        {
            return MemoryMarshal.Read<int>(payload);
        }

        if (templates.Length == MaxTemplates)
        {
            return 0;
        }

        int index = templates.Length;
        _templates = [.. templates, template];
        _templateBytes += template.Keys.Length + (template.Count * sizeof(int));
        _templateIndexes.Add(hash, template.Keys, [], MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in index)));
        return index;
    }
}

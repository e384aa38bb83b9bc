using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text.Unicode;
using Tsdb.Model.Metadata;

namespace Tsdb.Storage.Metadata;

/// <summary>The metadata in memory: one entry a family, up to a number of bytes. Not thread-safe: <see cref="MetadataStore"/> guards it.</summary>
/// <param name="maxBytes">Most memory its entries take; families beyond it are left out.</param>
internal sealed class MetadataTable(long maxBytes)
{
    /// <summary>A longer name is not kept.</summary>
    public const int MaxFamilyBytes = 16 << 10;

    /// <summary>A longer help text or unit is cut.</summary>
    public const int MaxTextBytes = 4 << 10;

    private readonly Dictionary<byte[], MetadataEntry> _entries = new(FamilyComparer.Instance);
    private long _sizeBytes;

    /// <summary>All entries, in no order.</summary>
    public IReadOnlyCollection<MetadataEntry> Entries => _entries.Values;

    /// <summary>Sets a family's metadata. False when nothing changed: it said so before, is not valid, or there is no room.</summary>
    /// <param name="family">The family's name.</param>
    /// <param name="type">What kind of metric it is.</param>
    /// <param name="help">What it means.</param>
    /// <param name="unit">The unit of its values.</param>
    /// <param name="entry">The new entry.</param>
    public bool TrySet(
        ReadOnlySpan<byte> family, MetricType type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit, [NotNullWhen(true)] out MetadataEntry? entry)
    {
        entry = null;
        help = Cut(help);
        unit = Cut(unit);
        _entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(family, out MetadataEntry? known);
        if (known?.Says(type, help, unit) == true || family.IsEmpty || family.Length > MaxFamilyBytes
            || !Utf8.IsValid(family) || !Utf8.IsValid(help) || !Utf8.IsValid(unit))
        {
            return false;
        }

        entry = new MetadataEntry(known?.Family ?? family.ToArray(), type, help.ToArray(), unit.ToArray());
        long sizeBytes = _sizeBytes + entry.SizeBytes - (known?.SizeBytes ?? 0);
        if (sizeBytes > maxBytes)
        {
            entry = null;
            return false;
        }

        _sizeBytes = sizeBytes;
        _entries[entry.Family] = entry;
        return true;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxTextBytes)
        {
            return text;
        }

        int length = MaxTextBytes;
        while (length > 0 && (text[length] & 0xC0) == 0x80)
        {
            length--; // not within a character
        }

        return text[..length];
    }

    private sealed class FamilyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static FamilyComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

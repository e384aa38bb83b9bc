using System.Diagnostics.CodeAnalysis;

namespace Tsdb.Query.Operators;

/// <summary>Numbers canonical label sets in order of arrival and keeps a value for each. Looking up allocates nothing. Not thread-safe.</summary>
internal sealed class LabelTable<TValue>
{
    private readonly Dictionary<byte[], int> _indexes = new(CanonicalComparer.Instance);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<(byte[] Labels, TValue Value)> _entries = [];

    /// <summary>Creates an empty table.</summary>
    public LabelTable() => _lookup = _indexes.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many label sets there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The index of a label set, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> canonical) => _lookup.TryGetValue(canonical, out int index) ? index : -1;

    /// <summary>Finds the value of a label set.</summary>
    public bool TryGet(ReadOnlySpan<byte> canonical, [MaybeNullWhen(false)] out TValue value)
    {
        bool isFound = _lookup.TryGetValue(canonical, out int index);
        value = isFound ? _entries[index].Value : default;
        return isFound;
    }

    /// <summary>Adds a label set that is not there yet.</summary>
    /// <returns>Its index.</returns>
    public int Add(ReadOnlySpan<byte> canonical, TValue value)
    {
        byte[] labels = canonical.ToArray();
        _indexes.Add(labels, _entries.Count);
        _entries.Add((labels, value));
        return _entries.Count - 1;
    }

    /// <summary>The label set with an index.</summary>
    public ReadOnlySpan<byte> LabelsAt(int index) => _entries[index].Labels;

    /// <summary>The value with an index.</summary>
    public TValue ValueAt(int index) => _entries[index].Value;

    private sealed class CanonicalComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static CanonicalComparer Instance { get; } = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}

using Text = System.Text.Encoding; // Tsdb.Encoding is a namespace here

namespace Tsdb.Storage.Reading;

/// <summary>Collects distinct UTF-8 strings; a repeat costs no allocation. Used by one thread.</summary>
internal sealed class Utf8StringSet
{
    private readonly HashSet<byte[]> _items = new(Utf8Comparer.Instance);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>Creates an empty set.</summary>
    public Utf8StringSet() => _lookup = _items.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Adds a string (copied) unless it is there.</summary>
    public void Add(ReadOnlySpan<byte> text) => _lookup.Add(text);

    /// <summary>The strings, sorted bytewise.</summary>
    public IReadOnlyList<string> ToSortedStrings()
    {
        byte[][] sorted = [.. _items];
        Array.Sort(sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        return Array.ConvertAll(sorted, Text.UTF8.GetString);
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

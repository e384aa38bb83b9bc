using System.Text.Unicode;

namespace Tsdb.Model.Labels;

/// <summary>
/// The canonical byte form of a label set: for each label, sorted by name bytes, the name, <see cref="Terminator"/>, the value,
/// <see cref="Terminator"/>; all text UTF-8.
/// </summary>
/// <remarks>
/// Two label sets are equal exactly when these bytes are equal. The terminator 0xFF never occurs in UTF-8, so nothing is escaped and no length
/// is limited. WAL, memtable, blocks and queries all pass series identities in this form; it is part of the WAL format (docs/formats.md).
/// A label with an empty value means the label is absent, so it never occurs here.
/// </remarks>
public static class CanonicalLabels
{
    /// <summary>Ends each name and each value. Part of the WAL format: never changes.</summary>
    public const byte Terminator = 0xFF;

    /// <summary>
    /// Orders two canonical label sets label by label in name order, the name before the value, bytewise, shorter first: the order
    /// Prometheus gives series in.
    /// </summary>
    /// <returns>Negative, zero or positive, as <paramref name="left"/> sorts before, with or after <paramref name="right"/>.</returns>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        byte l = left[common];
        byte r = right[common];

        // A terminator ends a name or value that is a prefix of the other's: the shorter one sorts first.
        if (l == Terminator)
        {
            return -1;
        }

        return r == Terminator ? 1 : l - r;
    }

    /// <summary>Says whether <paramref name="text"/> may be a label name or value: valid UTF-8 (which excludes the terminator).</summary>
    public static bool IsValidText(ReadOnlySpan<byte> text) => Utf8.IsValid(text);

    /// <summary>
    /// Splits the first label off <paramref name="rest"/>, which must be canonical bytes and must not be empty.
    /// </summary>
    public static LabelView TakeFirst(scoped ref ReadOnlySpan<byte> rest)
    {
        int nameLength = rest.IndexOf(Terminator);
        ReadOnlySpan<byte> name = rest[..nameLength];
        rest = rest[(nameLength + 1)..];
        int valueLength = rest.IndexOf(Terminator);
        ReadOnlySpan<byte> value = rest[..valueLength];
        rest = rest[(valueLength + 1)..];
        return new LabelView(name, value);
    }

    /// <summary>Finds the value of label <paramref name="name"/>; empty when the label is absent.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> name)
    {
        while (!canonical.IsEmpty)
        {
            LabelView label = TakeFirst(ref canonical);
            if (label.Name.SequenceEqual(name))
            {
                return label.Value;
            }
        }

        return [];
    }

    /// <summary>
    /// Checks that <paramref name="bytes"/> is a canonical label set: whole labels, valid UTF-8, names not empty, strictly ascending, values not
    /// empty. Readers of files call it before trusting what they read.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> previousName = [];
        while (!bytes.IsEmpty)
        {
            int nameLength = bytes.IndexOf(Terminator);
            if (nameLength <= 0)
            {
                return false;
            }

            ReadOnlySpan<byte> name = bytes[..nameLength];
            bytes = bytes[(nameLength + 1)..];
            int valueLength = bytes.IndexOf(Terminator);
            if (valueLength <= 0 || name.SequenceCompareTo(previousName) <= 0 || !IsValidText(name) || !IsValidText(bytes[..valueLength]))
            {
                return false;
            }

            previousName = name;
            bytes = bytes[(valueLength + 1)..];
        }

        return true;
    }
}

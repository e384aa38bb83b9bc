using System.Collections;
using System.Text;

namespace Tsdb.Model.Labels;

/// <summary>The identity of a series: its labels, sorted by name. Immutable and safe to share between threads.</summary>
/// <remarks>Holds only <see cref="CanonicalLabels">canonical bytes</see>, so a set costs two objects however many labels it has.</remarks>
public sealed class LabelSet : IEquatable<LabelSet>, IComparable<LabelSet>, IEnumerable<Label>
{
    private readonly byte[] _canonical;
    private int _hash; // 0 = not computed yet; a benign race computes it twice

    private LabelSet(byte[] canonical) => _canonical = canonical;

    /// <summary>The set without labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <summary>The set's canonical bytes; see <see cref="CanonicalLabels"/>.</summary>
    public ReadOnlySpan<byte> Canonical => _canonical;

    /// <summary>True when the set has no labels.</summary>
    public bool IsEmpty => _canonical.Length == 0;

    /// <summary>The metric name, or the empty string when there is none.</summary>
    public string MetricName => this[LabelNames.MetricName];

    /// <summary>The value of label <paramref name="name"/>, or the empty string when the set lacks it.</summary>
    public string this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return Encoding.UTF8.GetString(CanonicalLabels.ValueOf(_canonical, Encoding.UTF8.GetBytes(name)));
        }
    }

    /// <summary>Copies canonical bytes into a label set.</summary>
    /// <exception cref="ArgumentException">The bytes are not <see cref="CanonicalLabels.IsCanonical">canonical</see>.</exception>
    public static LabelSet FromCanonical(ReadOnlySpan<byte> canonical) => CanonicalLabels.IsCanonical(canonical)
        ? FromTrusted(canonical)
        : throw new ArgumentException("The bytes are not a canonical label set: whole labels in UTF-8, names ascending, none empty.", nameof(canonical));

    /// <summary>Copies the bytes of a stored or computed series into a label set without looking at them; the caller vouches that they are canonical.</summary>
    public static LabelSet FromTrusted(ReadOnlySpan<byte> canonical) => canonical.IsEmpty ? Empty : new LabelSet(canonical.ToArray());

    /// <summary>Builds a set from names and values in any order. Labels with an empty value are left out.</summary>
    /// <exception cref="ArgumentException">A name is empty or occurs twice.</exception>
    public static LabelSet Of(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var builder = new LabelSetBuilder();
        foreach ((string name, string value) in labels)
        {
            builder.Add(name, value);
        }

        return builder.Build();
    }

    /// <summary>Builds the set of a metric name and labels in any order.</summary>
    /// <exception cref="ArgumentException">A name is empty or occurs twice.</exception>
    public static LabelSet OfMetric(string metricName, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var builder = new LabelSetBuilder();
        builder.Add(LabelNames.MetricName, metricName);
        foreach ((string name, string value) in labels)
        {
            builder.Add(name, value);
        }

        return builder.Build();
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _canonical.AsSpan().SequenceEqual(other._canonical);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = new HashCode();
            hash.AddBytes(_canonical);
            _hash = hash.ToHashCode() | 1;
        }

        return _hash;
    }

    /// <summary>Orders sets as <see cref="CanonicalLabels.Compare"/> does.</summary>
    public int CompareTo(LabelSet? other) => other is null ? 1 : CanonicalLabels.Compare(_canonical, other._canonical);

    /// <summary>The labels as text, in name order. Allocates two strings a label.</summary>
    public IEnumerator<Label> GetEnumerator()
    {
        int position = 0;
        while (position < _canonical.Length)
        {
            yield return LabelAt(ref position);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The set as PromQL writes it: <c>name{label="value"}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(MetricName);
        char separator = '{';
        foreach (Label label in this)
        {
            if (label.Name == LabelNames.MetricName)
            {
                continue;
            }

            text.Append(separator).Append(label.Name).Append("=\"");
            text.Append(label.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
            separator = ',';
        }

        if (separator == ',')
        {
            text.Append('}');
        }
        else if (text.Length == 0)
        {
            text.Append("{}");
        }

        return text.ToString();
    }

    /// <summary>Says whether two sets hold the same labels.</summary>
    public static bool operator ==(LabelSet? left, LabelSet? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Says whether two sets differ.</summary>
    public static bool operator !=(LabelSet? left, LabelSet? right) => !(left == right);

    /// <summary>Orders two sets.</summary>
    public static bool operator <(LabelSet left, LabelSet right) => Comparer<LabelSet>.Default.Compare(left, right) < 0;

    /// <summary>Orders two sets.</summary>
    public static bool operator >(LabelSet left, LabelSet right) => Comparer<LabelSet>.Default.Compare(left, right) > 0;

    /// <summary>Orders two sets.</summary>
    public static bool operator <=(LabelSet left, LabelSet right) => Comparer<LabelSet>.Default.Compare(left, right) <= 0;

    /// <summary>Orders two sets.</summary>
    public static bool operator >=(LabelSet left, LabelSet right) => Comparer<LabelSet>.Default.Compare(left, right) >= 0;

    private Label LabelAt(ref int position)
    {
        ReadOnlySpan<byte> rest = _canonical.AsSpan(position);
        int before = rest.Length;
        LabelView view = CanonicalLabels.TakeFirst(ref rest);
        position += before - rest.Length;
        return new Label(Encoding.UTF8.GetString(view.Name), Encoding.UTF8.GetString(view.Value));
    }
}

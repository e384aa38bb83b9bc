using System.Text;
using Tsdb.Model.Labels;

namespace Tsdb.Query.Operators;

/// <summary>Keeps some labels of a set: those a list names (<c>by</c>, <c>on</c>), or all but those and the metric name (<c>without</c>, <c>ignoring</c>).</summary>
/// <remarks>The result is canonical bytes, so it serves both as the key of a group and as its labels.</remarks>
internal sealed class LabelProjection
{
    private readonly byte[][] _names; // sorted bytewise, as labels are
    private readonly bool _keepsListed;

    /// <summary>Creates a projection.</summary>
    /// <param name="names">The listed labels, in any order.</param>
    /// <param name="keepsListed">True to keep what is listed, false to drop it together with the metric name.</param>
    public LabelProjection(IEnumerable<string> names, bool keepsListed)
        : this(keepsListed, keepsListed ? names : names.Append(LabelNames.MetricName))
    {
    }

    private LabelProjection(bool keepsListed, IEnumerable<string> names)
    {
        _names = [.. names.Distinct().Select(Encoding.UTF8.GetBytes)];
        Array.Sort(_names, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        _keepsListed = keepsListed;
    }

    /// <summary>A projection that drops the listed labels and nothing else.</summary>
    public static LabelProjection Without(IEnumerable<string> names) => new(false, names);

    /// <summary>Replaces <paramref name="destination"/> with the labels of <paramref name="canonical"/> that are kept.</summary>
    public void Project(ReadOnlySpan<byte> canonical, LabelBuffer destination)
    {
        destination.Clear();
        int listed = 0;
        while (!canonical.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref canonical);
            int order = -1;
            while (listed < _names.Length && (order = _names[listed].AsSpan().SequenceCompareTo(label.Name)) < 0)
            {
                listed++;
            }

            bool isListed = listed < _names.Length && order == 0;
            if (isListed == _keepsListed)
            {
                destination.Append(label.Name, label.Value);
            }
        }
    }
}

using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Errors;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>The labels one series gets from its current info series. Used by one thread.</summary>
internal sealed class InfoLabels
{
    private readonly InfoSource _source;
    private readonly InfoTable _info;
    private readonly InfoGroup[] _groups;
    private readonly LabelSetBuilder _builder = new();

    /// <summary>Finds the info series of a series with some labels.</summary>
    public InfoLabels(InfoSource source, InfoTable info, ReadOnlySpan<byte> labels)
    {
        _source = source;
        _info = info;
        _groups = info.GroupsOf(labels);
    }

    /// <summary>Says whether the same info series are current at two steps.</summary>
    public bool AreEqualAt(int step, int other) => Array.TrueForAll(_groups, group => group.CurrentAt(step) == group.CurrentAt(other));

    /// <summary>Adds to labels those of the info series current at a step; labels there already stay.</summary>
    /// <returns>False when the series is left out: there is no info series, and the query asks for a label that is not empty.</returns>
    /// <exception cref="QueryExecutionException">Two info metrics disagree on a label.</exception>
    public bool TryBuild(ReadOnlySpan<byte> labels, int step, out ReadOnlySpan<byte> enriched)
    {
        var added = new Dictionary<string, string>(StringComparer.Ordinal);
        bool isDescribed = false;
        foreach (InfoGroup group in _groups)
        {
            int current = group.CurrentAt(step);
            if (current != InfoGroup.None)
            {
                isDescribed = true;
                Collect(_info.LabelsAt(current), labels, added);
            }
        }

        _builder.Clear();
        ReadOnlySpan<byte> rest = labels;
        while (!rest.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref rest);
            _builder.AddTrusted(label.Name, label.Value);
        }

        foreach ((string name, string value) in added)
        {
            _builder.AddTrusted(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        }

        _builder.TryBuildCanonical(out enriched, out _);
        return isDescribed || !_source.NeedsInfo;
    }

    private void Collect(ReadOnlySpan<byte> info, ReadOnlySpan<byte> labels, Dictionary<string, string> added)
    {
        while (!info.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref info);
            string name = Encoding.UTF8.GetString(label.Name);
            if (name == LabelNames.MetricName || !_source.Includes(name))
            {
                continue;
            }

            string value = Encoding.UTF8.GetString(label.Value);
            if (added.TryGetValue(name, out string? other) && other != value)
            {
                throw new QueryExecutionException($"conflicting label: {name}");
            }

            if (CanonicalLabels.ValueOf(labels, label.Name).IsEmpty)
            {
                added[name] = value;
            }
        }
    }
}

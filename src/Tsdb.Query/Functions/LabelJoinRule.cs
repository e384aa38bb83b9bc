using System.Text;
using Tsdb.Model.Labels;

namespace Tsdb.Query.Functions;

/// <summary><c>label_join</c>: the values of some labels with a separator between them.</summary>
internal sealed class LabelJoinRule : LabelRule
{
    private readonly string _separator;
    private readonly byte[][] _sources;

    /// <summary>Creates the rule.</summary>
    public LabelJoinRule(string target, string separator, IEnumerable<string> sources)
        : base("label_join", target)
    {
        _separator = separator;
        _sources = [.. sources.Select(Encoding.UTF8.GetBytes)];
    }

    /// <inheritdoc/>
    protected override string? NewValue(ReadOnlySpan<byte> canonical)
    {
        var value = new StringBuilder();
        for (int i = 0; i < _sources.Length; i++)
        {
            value.Append(i == 0 ? "" : _separator).Append(Encoding.UTF8.GetString(CanonicalLabels.ValueOf(canonical, _sources[i])));
        }

        return value.ToString();
    }
}

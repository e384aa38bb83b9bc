using System.Text;
using Tsdb.Model.Labels;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Operators;

/// <summary>How the series of two vectors find each other, and which labels the results have.</summary>
internal sealed class MatchRule
{
    private readonly LabelProjection _key;
    private readonly LabelProjection? _resultOfOneToOne;
    private readonly byte[][] _include; // each name once
    private readonly LabelSetBuilder _builder = new();

    /// <summary>Reads the modifiers of a binary operator.</summary>
    public MatchRule(VectorMatching matching)
    {
        Cardinality = matching.Cardinality;
        _key = new LabelProjection(matching.Labels, matching.On);

        // The metric name stays for now when labels are ignored: whether it is dropped is decided at the end of the query.
        _resultOfOneToOne = matching.Cardinality != MatchCardinality.OneToOne ? null
            : matching.On ? _key
            : LabelProjection.Without(matching.Labels);
        _include = [.. matching.Include.Distinct().Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>How many series of each side may match.</summary>
    public MatchCardinality Cardinality { get; }

    /// <summary>True when the "one" side is the left one.</summary>
    public bool IsOneLeft => Cardinality == MatchCardinality.OneToMany;

    /// <summary>True when results take labels from the "one" side, so that two of them may come to have equal labels.</summary>
    public bool IncludesLabels => _include.Length > 0;

    /// <summary>Writes the labels two series must share.</summary>
    public void WriteKey(ReadOnlySpan<byte> canonical, LabelBuffer key) => _key.Project(canonical, key);

    /// <summary>Writes the labels of the result of two matching series.</summary>
    public void WriteResult(ReadOnlySpan<byte> many, ReadOnlySpan<byte> one, LabelBuffer result)
    {
        if (_resultOfOneToOne is not null)
        {
            _resultOfOneToOne.Project(many, result);
            return;
        }

        if (_include.Length == 0)
        {
            result.Set(many);
            return;
        }

        _builder.Clear();
        while (!many.IsEmpty)
        {
            LabelView label = CanonicalLabels.TakeFirst(ref many);
            if (!IsIncluded(label.Name))
            {
                _builder.AddTrusted(label.Name, label.Value);
            }
        }

        foreach (byte[] name in _include)
        {
            _builder.AddTrusted(name, CanonicalLabels.ValueOf(one, name));
        }

        _builder.TryBuildCanonical(out ReadOnlySpan<byte> canonical, out _);
        result.Set(canonical);
    }

    private bool IsIncluded(ReadOnlySpan<byte> name)
    {
        foreach (byte[] included in _include)
        {
            if (name.SequenceEqual(included))
            {
                return true;
            }
        }

        return false;
    }
}

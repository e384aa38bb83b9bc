namespace Tsdb.Comparison.Tests;

/// <summary>A query asked of both databases, at one instant and over a range, both inside the data.</summary>
/// <param name="DataSet">The data it reads.</param>
/// <param name="Text">PromQL.</param>
public sealed record ComparedQuery(DataSet DataSet, string Text)
{
    public override string ToString() => $"{DataSet.Name}: {Text}";
}

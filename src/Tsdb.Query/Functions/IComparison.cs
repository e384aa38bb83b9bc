namespace Tsdb.Query.Functions;

/// <summary>A comparison between two numbers; NaN compares as unequal to everything. Implemented by empty structs, as operators are.</summary>
internal interface IComparison
{
    /// <summary>Compares.</summary>
    static abstract bool Holds(double left, double right);
}

using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Functions;

/// <summary>A comparison between two numbers; NaN compares as unequal to everything. Implemented by empty structs, as operators are.</summary>
internal interface IComparison
{
    /// <summary>Compares.</summary>
    static abstract bool Holds(double left, double right);
}

/// <summary><c>==</c></summary>
internal readonly struct EqualTo : IComparison
{
    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left == right;
}

/// <summary><c>!=</c></summary>
internal readonly struct NotEqualTo : IComparison
{
    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left != right;
}

/// <summary><c>&lt;</c></summary>
internal readonly struct LessThan : IComparison
{
    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left < right;
}

/// <summary><c>&lt;=</c></summary>
internal readonly struct LessThanOrEqualTo : IComparison
{
    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left <= right;
}

/// <summary><c>&gt;</c></summary>
internal readonly struct GreaterThan : IComparison
{
    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left > right;
}

/// <summary><c>&gt;=</c></summary>
internal readonly struct GreaterThanOrEqualTo : IComparison
{
    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left >= right;
}

/// <summary>Tells comparisons from other operators.</summary>
internal static class Comparison
{
    /// <summary>Says whether an operator is a comparison.</summary>
    public static bool Is(BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;
}

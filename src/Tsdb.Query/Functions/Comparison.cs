using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Functions;

/// <summary>The comparison operators between two numbers.</summary>
internal static class Comparison
{
    /// <summary>Says whether an operator is a comparison.</summary>
    public static bool Is(BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;

    /// <summary><c>==</c></summary>
    public readonly struct EqualTo : IComparison
    {
        /// <inheritdoc/>
        public static bool Holds(double left, double right) => left == right;
    }

    /// <summary><c>!=</c></summary>
    public readonly struct NotEqualTo : IComparison
    {
        /// <inheritdoc/>
        public static bool Holds(double left, double right) => left != right;
    }

    /// <summary><c>&lt;</c></summary>
    public readonly struct LessThan : IComparison
    {
        /// <inheritdoc/>
        public static bool Holds(double left, double right) => left < right;
    }

    /// <summary><c>&lt;=</c></summary>
    public readonly struct LessThanOrEqualTo : IComparison
    {
        /// <inheritdoc/>
        public static bool Holds(double left, double right) => left <= right;
    }

    /// <summary><c>&gt;</c></summary>
    public readonly struct GreaterThan : IComparison
    {
        /// <inheritdoc/>
        public static bool Holds(double left, double right) => left > right;
    }

    /// <summary><c>&gt;=</c></summary>
    public readonly struct GreaterThanOrEqualTo : IComparison
    {
        /// <inheritdoc/>
        public static bool Holds(double left, double right) => left >= right;
    }
}

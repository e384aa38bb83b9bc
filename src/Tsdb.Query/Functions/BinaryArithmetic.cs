namespace Tsdb.Query.Functions;

/// <summary>The arithmetic operators between two numbers.</summary>
internal static class BinaryArithmetic
{
    /// <summary><c>+</c></summary>
    public readonly struct Addition : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => left + right;
    }

    /// <summary><c>-</c></summary>
    public readonly struct Subtraction : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => left - right;
    }

    /// <summary><c>*</c></summary>
    public readonly struct Multiplication : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => left * right;
    }

    /// <summary><c>/</c></summary>
    public readonly struct Division : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => left / right;
    }

    /// <summary><c>%</c>: the remainder with the sign of the dividend.</summary>
    public readonly struct Modulo : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => left % right;
    }

    /// <summary><c>^</c></summary>
    public readonly struct Exponentiation : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => Math.Pow(left, right);
    }

    /// <summary><c>atan2</c></summary>
    public readonly struct ArcTangent2 : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => Math.Atan2(left, right);
    }

    /// <summary><c>min_of</c>: NaN when either is.</summary>
    public readonly struct Minimum : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => Math.Min(left, right);
    }

    /// <summary><c>max_of</c>: NaN when either is.</summary>
    public readonly struct Maximum : IBinaryArithmetic
    {
        /// <inheritdoc/>
        public static double Apply(double left, double right) => Math.Max(left, right);
    }
}

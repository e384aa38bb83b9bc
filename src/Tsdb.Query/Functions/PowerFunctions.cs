namespace Tsdb.Query.Functions;

/// <summary>Powers, roots and logarithms.</summary>
internal static class PowerFunctions
{
    /// <summary><c>exp</c>.</summary>
    public readonly struct Exp : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Exp(value);
    }

    /// <summary><c>ln</c>.</summary>
    public readonly struct Ln : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Log(value);
    }

    /// <summary><c>log2</c>.</summary>
    public readonly struct Log2 : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Log2(value);
    }

    /// <summary><c>log10</c>.</summary>
    public readonly struct Log10 : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Log10(value);
    }

    /// <summary><c>sqrt</c>.</summary>
    public readonly struct Sqrt : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Sqrt(value);
    }
}

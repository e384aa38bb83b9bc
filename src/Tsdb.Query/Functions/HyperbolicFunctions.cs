namespace Tsdb.Query.Functions;

/// <summary>The hyperbolic functions and their inverses.</summary>
internal static class HyperbolicFunctions
{
    /// <summary><c>sinh</c>.</summary>
    public readonly struct Sinh : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Sinh(value);
    }

    /// <summary><c>cosh</c>.</summary>
    public readonly struct Cosh : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Cosh(value);
    }

    /// <summary><c>tanh</c>.</summary>
    public readonly struct Tanh : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Tanh(value);
    }

    /// <summary><c>asinh</c>.</summary>
    public readonly struct Asinh : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Asinh(value);
    }

    /// <summary><c>acosh</c>.</summary>
    public readonly struct Acosh : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Acosh(value);
    }

    /// <summary><c>atanh</c>.</summary>
    public readonly struct Atanh : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Atanh(value);
    }
}

namespace Tsdb.Query.Functions;

/// <summary>Signs and whole numbers.</summary>
internal static class RoundingFunctions
{
    /// <summary><c>abs</c>.</summary>
    public readonly struct Abs : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Abs(value);
    }

    /// <summary><c>ceil</c>.</summary>
    public readonly struct Ceil : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Ceiling(value);
    }

    /// <summary><c>floor</c>.</summary>
    public readonly struct Floor : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Floor(value);
    }

    /// <summary><c>sgn</c>: 1, -1, or the value itself when it is 0 or NaN.</summary>
    public readonly struct Sgn : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => value < 0 ? -1 : value > 0 ? 1 : value;
    }

    /// <summary>Unary minus.</summary>
    public readonly struct Negate : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => -value;
    }
}

namespace Tsdb.Query.Functions;

/// <summary>The trigonometric functions, their inverses, and the conversions between degrees and radians.</summary>
internal static class TrigonometricFunctions
{
    /// <summary><c>sin</c>.</summary>
    public readonly struct Sin : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Sin(value);
    }

    /// <summary><c>cos</c>.</summary>
    public readonly struct Cos : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Cos(value);
    }

    /// <summary><c>tan</c>.</summary>
    public readonly struct Tan : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Tan(value);
    }

    /// <summary><c>asin</c>.</summary>
    public readonly struct Asin : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Asin(value);
    }

    /// <summary><c>acos</c>.</summary>
    public readonly struct Acos : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Acos(value);
    }

    /// <summary><c>atan</c>.</summary>
    public readonly struct Atan : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => Math.Atan(value);
    }

    /// <summary><c>rad</c>.</summary>
    public readonly struct Rad : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => value * Math.PI / 180;
    }

    /// <summary><c>deg</c>.</summary>
    public readonly struct Deg : IMathFunction
    {
        /// <inheritdoc/>
        public static double Apply(double value) => value * 180 / Math.PI;
    }
}

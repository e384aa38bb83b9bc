namespace Tsdb.Query.Functions;

/// <summary><c>abs</c>.</summary>
internal readonly struct AbsFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Abs(value);
}

/// <summary><c>ceil</c>.</summary>
internal readonly struct CeilFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Ceiling(value);
}

/// <summary><c>floor</c>.</summary>
internal readonly struct FloorFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Floor(value);
}

/// <summary><c>sgn</c>: 1, -1, or the value itself when it is 0 or NaN.</summary>
internal readonly struct SgnFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => value < 0 ? -1 : value > 0 ? 1 : value;
}

/// <summary>Unary minus.</summary>
internal readonly struct NegateFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => -value;
}

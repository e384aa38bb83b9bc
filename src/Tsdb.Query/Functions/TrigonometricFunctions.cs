namespace Tsdb.Query.Functions;

/// <summary><c>sin</c>.</summary>
internal readonly struct SinFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Sin(value);
}

/// <summary><c>cos</c>.</summary>
internal readonly struct CosFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Cos(value);
}

/// <summary><c>tan</c>.</summary>
internal readonly struct TanFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Tan(value);
}

/// <summary><c>asin</c>.</summary>
internal readonly struct AsinFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Asin(value);
}

/// <summary><c>acos</c>.</summary>
internal readonly struct AcosFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Acos(value);
}

/// <summary><c>atan</c>.</summary>
internal readonly struct AtanFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Atan(value);
}

/// <summary><c>rad</c>.</summary>
internal readonly struct RadFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => value * Math.PI / 180;
}

/// <summary><c>deg</c>.</summary>
internal readonly struct DegFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => value * 180 / Math.PI;
}

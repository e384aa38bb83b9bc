namespace Tsdb.Query.Functions;

/// <summary><c>sinh</c>.</summary>
internal readonly struct SinhFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Sinh(value);
}

/// <summary><c>cosh</c>.</summary>
internal readonly struct CoshFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Cosh(value);
}

/// <summary><c>tanh</c>.</summary>
internal readonly struct TanhFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Tanh(value);
}

/// <summary><c>asinh</c>.</summary>
internal readonly struct AsinhFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Asinh(value);
}

/// <summary><c>acosh</c>.</summary>
internal readonly struct AcoshFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Acosh(value);
}

/// <summary><c>atanh</c>.</summary>
internal readonly struct AtanhFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Atanh(value);
}

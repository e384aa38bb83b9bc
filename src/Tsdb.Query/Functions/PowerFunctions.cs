namespace Tsdb.Query.Functions;

/// <summary><c>exp</c>.</summary>
internal readonly struct ExpFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Exp(value);
}

/// <summary><c>ln</c>.</summary>
internal readonly struct LnFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Log(value);
}

/// <summary><c>log2</c>.</summary>
internal readonly struct Log2Function : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Log2(value);
}

/// <summary><c>log10</c>.</summary>
internal readonly struct Log10Function : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Log10(value);
}

/// <summary><c>sqrt</c>.</summary>
internal readonly struct SqrtFunction : IMathFunction
{
    /// <inheritdoc/>
    public static double Apply(double value) => Math.Sqrt(value);
}

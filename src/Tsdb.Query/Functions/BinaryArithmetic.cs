namespace Tsdb.Query.Functions;

/// <summary>A binary operator between two numbers. Implemented by empty structs, so that the loop over steps inlines it.</summary>
internal interface IBinaryArithmetic
{
    /// <summary>Computes the operator.</summary>
    static abstract double Apply(double left, double right);
}

/// <summary><c>+</c></summary>
internal readonly struct Addition : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => left + right;
}

/// <summary><c>-</c></summary>
internal readonly struct Subtraction : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => left - right;
}

/// <summary><c>*</c></summary>
internal readonly struct Multiplication : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => left * right;
}

/// <summary><c>/</c></summary>
internal readonly struct Division : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => left / right;
}

/// <summary><c>%</c>: the remainder with the sign of the dividend.</summary>
internal readonly struct Modulo : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => left % right;
}

/// <summary><c>^</c></summary>
internal readonly struct Exponentiation : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => Math.Pow(left, right);
}

/// <summary><c>atan2</c></summary>
internal readonly struct ArcTangent2 : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => Math.Atan2(left, right);
}

/// <summary><c>min_of</c>: NaN when either is.</summary>
internal readonly struct Minimum : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => Math.Min(left, right);
}

/// <summary><c>max_of</c>: NaN when either is.</summary>
internal readonly struct Maximum : IBinaryArithmetic
{
    /// <inheritdoc/>
    public static double Apply(double left, double right) => Math.Max(left, right);
}

namespace Tsdb.Query.Functions;

/// <summary>A binary operator between two numbers. Implemented by empty structs, so that the loop over steps inlines it.</summary>
internal interface IBinaryArithmetic
{
    /// <summary>Computes the operator.</summary>
    static abstract double Apply(double left, double right);
}

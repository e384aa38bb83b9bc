namespace Tsdb.Query.Functions;

/// <summary>A function of one number. Implemented by empty structs, so that the loop over a column inlines it.</summary>
internal interface IMathFunction
{
    /// <summary>Computes the function.</summary>
    static abstract double Apply(double value);
}

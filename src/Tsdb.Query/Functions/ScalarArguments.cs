namespace Tsdb.Query.Functions;

/// <summary>The scalar arguments of a function, one number a step each; empty where the function has none.</summary>
internal readonly ref struct ScalarArguments
{
    /// <summary>The first scalar argument.</summary>
    public ReadOnlySpan<double> First { get; init; }

    /// <summary>The second scalar argument.</summary>
    public ReadOnlySpan<double> Second { get; init; }

    /// <summary>The first argument at a step, or 0 without one.</summary>
    public double FirstAt(int step) => First.IsEmpty ? 0 : First[step];

    /// <summary>The second argument at a step, or 0 without one.</summary>
    public double SecondAt(int step) => Second.IsEmpty ? 0 : Second[step];
}

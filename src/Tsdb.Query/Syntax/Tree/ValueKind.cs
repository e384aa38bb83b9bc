namespace Tsdb.Query.Syntax.Tree;

/// <summary>What an expression evaluates to.</summary>
public enum ValueKind : byte
{
    /// <summary>One number at each step.</summary>
    Scalar,

    /// <summary>An instant vector: at most one sample of each series at each step.</summary>
    Vector,

    /// <summary>A range vector: a run of samples of each series.</summary>
    Matrix,

    /// <summary>A text.</summary>
    String,
}

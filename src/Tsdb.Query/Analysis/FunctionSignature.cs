using System.Collections.Immutable;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Analysis;

/// <summary>What a function takes and gives.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The kinds of its arguments; the last one is also that of further arguments.</param>
/// <param name="MinArguments">Fewest arguments.</param>
/// <param name="MaxArguments">Most arguments; <see cref="Unlimited"/> when there is no limit.</param>
/// <param name="Returns">The kind of its result.</param>
public sealed record FunctionSignature(
    string Name, ImmutableArray<ValueKind> Arguments, int MinArguments, int MaxArguments, ValueKind Returns)
{
    /// <summary>Stands for "no limit" in <see cref="MaxArguments"/>.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>True when Prometheus calls the function experimental.</summary>
    public bool IsExperimental { get; init; }

    /// <summary>The kind the argument at <paramref name="index"/> must have.</summary>
    public ValueKind ArgumentKind(int index) => Arguments[Math.Min(index, Arguments.Length - 1)];
}

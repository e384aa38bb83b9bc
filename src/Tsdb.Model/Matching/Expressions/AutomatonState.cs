namespace Tsdb.Model.Matching.Expressions;

/// <summary>A state of a <see cref="RegexAutomaton"/>: where in the program it may be, and what it must remember of the byte before.</summary>
/// <param name="positions">The instructions, ascending, before forks and assertions are followed.</param>
/// <param name="before">The conditions that hold by what came before; none when the program does not ask.</param>
/// <param name="accepts">Whether a value that ends here matches.</param>
/// <param name="isRemembered">Whether the automaton keeps it for later values.</param>
/// <param name="classCount">How many classes of bytes there are.</param>
internal sealed class AutomatonState(int[] positions, RegexCondition before, bool accepts, bool isRemembered, int classCount)
{
    /// <summary>The instructions, ascending, before forks and assertions are followed.</summary>
    public int[] Positions => positions;

    /// <summary>The conditions that hold by what came before.</summary>
    public RegexCondition Before => before;

    /// <summary>Whether a value that ends here matches.</summary>
    public bool Accepts => accepts;

    /// <summary>Whether the automaton keeps it; one it does not keep must not be reachable from one it keeps.</summary>
    public bool IsRemembered => isRemembered;

    /// <summary>True when nothing that follows can match.</summary>
    public bool IsDead => positions.Length == 0;

    /// <summary>The state after a byte of each class; null until it was needed. Filled in under the automaton's gate, read without.</summary>
    public AutomatonState?[] Next { get; } = new AutomatonState?[classCount];
}

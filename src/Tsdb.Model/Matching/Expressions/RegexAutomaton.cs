using Kinds = Tsdb.Model.Matching.Expressions.RegexInstruction.Kinds;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>
/// Matches by a deterministic automaton whose states are made when first reached (as RE2 and grep do): one table look-up a byte, linear
/// time.
/// </summary>
/// <remarks>
/// A state holds a set of instructions. Assertions depend on the bytes on both sides, so they are followed when the next byte is known. When
/// <see cref="MaxRemembered"/> is reached, further ones are made anew each time: slower, but bounded by the program's length a byte. Safe for concurrent use: states
/// are made under a gate and never change but for their table of next states.
/// </remarks>
internal sealed class RegexAutomaton : ValueMatcher
{
    private const int MaxRemembered = 1 << 20; // instructions and table entries of all states: about 12 MB

    private readonly RegexProgram _program;
    private readonly ByteClasses _classes;
    private readonly AutomatonState _start;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AutomatonState> _states = new(StringComparer.Ordinal); // guarded by _gate, as are the three below
    private readonly bool[] _seen;
    private readonly Stack<int> _toFollow = new();
    private int _remembered;

    /// <summary>Prepares to match a program.</summary>
    public RegexAutomaton(RegexProgram program)
    {
        _program = program;
        _classes = new ByteClasses(program);
        _seen = new bool[program.Instructions.Count];
        RegexCondition begin = program.HasAssertions ? RegexCondition.BeginText | RegexCondition.BeginLine : RegexCondition.None;
        _start = StateOf([program.Start], begin);
    }

    /// <inheritdoc/>
    public override bool IsMatch(ReadOnlySpan<byte> value)
    {
        AutomatonState state = _start;
        foreach (byte next in value)
        {
            state = state.Next[_classes.Of(next)] ?? Step(state, next);
            if (state.IsDead)
            {
                return false;
            }
        }

        return state.Accepts;
    }

    private AutomatonState Step(AutomatonState state, byte next)
    {
        lock (_gate)
        {
            var reached = new SortedSet<int>();
            bool isWord = ByteClasses.IsWord(next);
            RegexCondition holding = HoldingBetween(state.Before, nextIsNewline: next == '\n', nextIsWord: isWord);
            foreach (int position in Follow(state.Positions, holding))
            {
                RegexInstruction instruction = _program.Instructions[position];
                if (instruction.Kind == Kinds.Byte && instruction.Low <= next && next <= instruction.High)
                {
                    reached.Add(instruction.Next);
                }
            }

            // What came before is kept only for programs that ask, so that others have fewer states. WordBoundary stands for "was of a word" here.
            RegexCondition before = (next == '\n' ? RegexCondition.BeginLine : 0) | (isWord ? RegexCondition.WordBoundary : 0);
            AutomatonState made = StateOf([.. reached], _program.HasAssertions && reached.Count > 0 ? before : RegexCondition.None);
            if (made.IsRemembered)
            {
                state.Next[_classes.Of(next)] = made;
            }

            return made;
        }
    }

    private AutomatonState StateOf(int[] positions, RegexCondition before)
    {
        string key = string.Create(positions.Length * 2 + 1, (positions, before), static (text, parts) =>
        {
            text[0] = (char)parts.before;
            for (int i = 0; i < parts.positions.Length; i++)
            {
                text[1 + (2 * i)] = (char)parts.positions[i];
                text[2 + (2 * i)] = (char)(parts.positions[i] >> 16);
            }
        });
        if (_states.TryGetValue(key, out AutomatonState? state))
        {
            return state;
        }

        RegexCondition holding = HoldingBetween(before, nextIsNewline: false, nextIsWord: false) | RegexCondition.EndText | RegexCondition.EndLine;
        bool accepts = Follow(positions, holding).Exists(position => _program.Instructions[position].Kind == Kinds.Match);
        bool isRemembered = _remembered < MaxRemembered;
        state = new AutomatonState(positions, before, accepts, isRemembered, _classes.Count);
        if (isRemembered)
        {
            _remembered += positions.Length + _classes.Count;
            _states.Add(key, state);
        }

        return state;
    }

    private static RegexCondition HoldingBetween(RegexCondition before, bool nextIsNewline, bool nextIsWord)
    {
        bool wasWord = (before & RegexCondition.WordBoundary) != 0;
        RegexCondition holding = before & (RegexCondition.BeginText | RegexCondition.BeginLine);
        holding |= nextIsNewline ? RegexCondition.EndLine : RegexCondition.None;
        return holding | (wasWord != nextIsWord ? RegexCondition.WordBoundary : RegexCondition.NoWordBoundary);
    }

    // The instructions reached from some without taking a byte, each once.
    private List<int> Follow(int[] positions, RegexCondition holding)
    {
        var reached = new List<int>();
        foreach (int position in positions)
        {
            _toFollow.Push(position);
        }

        while (_toFollow.TryPop(out int position))
        {
            if (_seen[position])
            {
                continue;
            }

            _seen[position] = true;
            reached.Add(position);
            RegexInstruction instruction = _program.Instructions[position];
            if (instruction.Kind == Kinds.Fork)
            {
                _toFollow.Push(instruction.Next);
                _toFollow.Push(instruction.Other);
            }
            else if (instruction.Kind == Kinds.Assert && (instruction.Condition & holding) != 0)
            {
                _toFollow.Push(instruction.Next);
            }
        }

        foreach (int position in reached)
        {
            _seen[position] = false;
        }

        return reached;
    }
}

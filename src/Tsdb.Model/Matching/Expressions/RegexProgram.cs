using Kinds = Tsdb.Model.Matching.Expressions.RegexInstruction.Kinds;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>An expression as a nondeterministic automaton over UTF-8 bytes (Thompson, CACM 1968). Immutable.</summary>
internal sealed class RegexProgram
{
    /// <summary>More instructions than this are refused: counts and large classes multiply.</summary>
    private const int MaxInstructions = 30_000;

    /// <summary>Where the instruction lies that never goes on.</summary>
    private const int FailAt = 1;

    private readonly List<RegexInstruction> _instructions = [new(Kinds.Match), new(Kinds.Fail)];

    private RegexProgram(RegexNode node) => Start = Compile(node, next: 0);

    /// <summary>The first instruction.</summary>
    public int Start { get; }

    /// <summary>The instructions.</summary>
    public IReadOnlyList<RegexInstruction> Instructions => _instructions;

    /// <summary>True when an instruction depends on what stands on both sides.</summary>
    public bool HasAssertions { get; private set; }

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="ArgumentException">It needs too many instructions.</exception>
    public static RegexProgram Compile(RegexNode node) => new(node);

    // Compiled from the end: each part is given the instruction that follows it and returns its own first.
    private int Compile(RegexNode node, int next) => node switch
    {
        RegexCharacter character => Compile(character.Set, next),
        RegexConcatenation concatenation => concatenation.Parts.Reverse().Aggregate(next, (following, part) => Compile(part, following)),
        RegexAlternation alternation => alternation.Alternatives.Reverse().Aggregate(FailAt, (other, alternative) => Fork(Compile(alternative, next), other)),
        RegexRepetition repetition => Compile(repetition, next),
        RegexAssertion assertion => CompileAssertion(assertion.Condition, next),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private int Compile(RegexRepetition repetition, int next)
    {
        int start = next;
        if (repetition.Max is { } max)
        {
            for (int optional = repetition.Min; optional < max; optional++)
            {
                start = Fork(Compile(repetition.Part, start), next);
            }
        }
        else
        {
            start = Add(default); // the loop's fork, known once its body is
            _instructions[start] = new RegexInstruction(Kinds.Fork, Compile(repetition.Part, start), next);
        }

        for (int required = 0; required < repetition.Min; required++)
        {
            start = Compile(repetition.Part, start);
        }

        return start;
    }

    private int Compile(RuneSet set, int next)
    {
        var sequences = new List<Utf8Sequence>();
        foreach (RuneRange range in set.Ranges)
        {
            Utf8Sequence.Split(range, sequences);
        }

        int start = FailAt;
        foreach (Utf8Sequence sequence in sequences)
        {
            int following = next;
            for (int place = sequence.Length - 1; place >= 0; place--)
            {
                following = Add(new RegexInstruction(Kinds.Byte, following, Low: sequence.LowAt(place), High: sequence.HighAt(place)));
            }

            start = Fork(following, start);
        }

        return start;
    }

    private int CompileAssertion(RegexCondition condition, int next)
    {
        HasAssertions = true;
        return Add(new RegexInstruction(Kinds.Assert, next, Condition: condition));
    }

    private int Fork(int one, int other) => other == FailAt ? one : Add(new RegexInstruction(Kinds.Fork, one, other));

    private int Add(RegexInstruction instruction)
    {
        if (_instructions.Count == MaxInstructions)
        {
            throw new ArgumentException($"The regular expression is too large: it compiles to more than {MaxInstructions} instructions.");
        }

        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }
}

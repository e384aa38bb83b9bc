namespace Tsdb.Model.Matching.Expressions;

/// <summary>One step of a <see cref="RegexProgram"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The instruction it goes on with.</param>
/// <param name="Other">Of a fork, the other instruction it goes on with.</param>
/// <param name="Low">Of a byte, the lowest it takes.</param>
/// <param name="High">Of a byte, the highest it takes.</param>
/// <param name="Condition">Of an assertion, what must hold.</param>
internal readonly record struct RegexInstruction(
    RegexInstruction.Kinds Kind, int Next = 0, int Other = 0, byte Low = 0, byte High = 0, RegexCondition Condition = RegexCondition.None)
{
    /// <summary>The kinds of instruction.</summary>
    public enum Kinds : byte
    {
        /// <summary>The expression has matched.</summary>
        Match,

        /// <summary>Never goes on.</summary>
        Fail,

        /// <summary>Takes one byte of a range.</summary>
        Byte,

        /// <summary>Goes on in two places.</summary>
        Fork,

        /// <summary>Goes on if a condition holds.</summary>
        Assert,
    }
}

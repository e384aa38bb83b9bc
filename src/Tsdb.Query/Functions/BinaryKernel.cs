using Tsdb.Query.Operators;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Functions;

/// <summary>A binary operator over all steps of two columns at once. Stateless and safe to share.</summary>
internal abstract class BinaryKernel
{
    /// <summary>Computes the operator at every step.</summary>
    /// <param name="left">The left values.</param>
    /// <param name="right">The right values.</param>
    /// <param name="result">Receives the results; may be the left or the right span itself.</param>
    /// <param name="presence">The steps both sides have; a filter takes away those it refuses.</param>
    public abstract void Apply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result, PresenceBitmap presence);

    /// <summary>The kernel of an arithmetic operator or a comparison.</summary>
    /// <param name="op">Any operator that is not a set operator and not for histograms.</param>
    /// <param name="returnBool">True for a comparison that gives 0 or 1 instead of filtering.</param>
    /// <param name="keepsRight">True for a filter that keeps the right value, as when a scalar stands on the left.</param>
    public static BinaryKernel For(BinaryOperator op, bool returnBool, bool keepsRight) => op switch
    {
        BinaryOperator.Add => new ArithmeticKernel<BinaryArithmetic.Addition>(),
        BinaryOperator.Subtract => new ArithmeticKernel<BinaryArithmetic.Subtraction>(),
        BinaryOperator.Multiply => new ArithmeticKernel<BinaryArithmetic.Multiplication>(),
        BinaryOperator.Divide => new ArithmeticKernel<BinaryArithmetic.Division>(),
        BinaryOperator.Modulo => new ArithmeticKernel<BinaryArithmetic.Modulo>(),
        BinaryOperator.Power => new ArithmeticKernel<BinaryArithmetic.Exponentiation>(),
        BinaryOperator.Atan2 => new ArithmeticKernel<BinaryArithmetic.ArcTangent2>(),
        BinaryOperator.Equal => Comparing<Comparison.EqualTo>(returnBool, keepsRight),
        BinaryOperator.NotEqual => Comparing<Comparison.NotEqualTo>(returnBool, keepsRight),
        BinaryOperator.Less => Comparing<Comparison.LessThan>(returnBool, keepsRight),
        BinaryOperator.LessOrEqual => Comparing<Comparison.LessThanOrEqualTo>(returnBool, keepsRight),
        BinaryOperator.Greater => Comparing<Comparison.GreaterThan>(returnBool, keepsRight),
        BinaryOperator.GreaterOrEqual => Comparing<Comparison.GreaterThanOrEqualTo>(returnBool, keepsRight),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>The kernel of an operation on two numbers.</summary>
    public static BinaryKernel Of<TArithmetic>()
        where TArithmetic : struct, IBinaryArithmetic => new ArithmeticKernel<TArithmetic>();

    private sealed class ArithmeticKernel<TArithmetic> : BinaryKernel
        where TArithmetic : struct, IBinaryArithmetic
    {
        // Steps without a value are computed too: their garbage costs less than looking.
        public override void Apply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result, PresenceBitmap presence)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = TArithmetic.Apply(left[i], right[i]);
            }
        }
    }

    private sealed class TruthKernel<TComparison> : BinaryKernel
        where TComparison : struct, IComparison
    {
        public override void Apply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result, PresenceBitmap presence)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = TComparison.Holds(left[i], right[i]) ? 1 : 0;
            }
        }
    }

    // Compares 64 steps at a time into a word of bits, those without a value too: their garbage costs less than looking.
    private sealed class FilterKernel<TComparison>(bool keepsRight) : BinaryKernel
        where TComparison : struct, IComparison
    {
        public override void Apply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result, PresenceBitmap presence)
        {
            for (int word = 0; word < presence.Words.Length; word++)
            {
                ulong holds = 0;
                int stop = Math.Min((word + 1) * 64, result.Length);
                for (int step = word * 64; step < stop; step++)
                {
                    holds |= (TComparison.Holds(left[step], right[step]) ? 1UL : 0UL) << step;
                }

                presence.Words[word] &= holds;
            }

            (keepsRight ? right : left).CopyTo(result);
        }
    }

    private static BinaryKernel Comparing<TComparison>(bool returnBool, bool keepsRight)
        where TComparison : struct, IComparison =>
        returnBool ? new TruthKernel<TComparison>() : new FilterKernel<TComparison>(keepsRight);
}

using System.Collections.Immutable;
using Tsdb.Model.Labels;
using Tsdb.Model.Matching;
using Tsdb.Query.Analysis;
using Tsdb.Query.Syntax.Tree;
using MatchType = Tsdb.Model.Matching.MatchType;

namespace Tsdb.Query.Tests.Syntax;

/// <summary>Makes random trees that PromQL can express. Operands of operators stand in parentheses where the tree needs them.</summary>
internal sealed class RandomQuery(int seed)
{
    private static readonly string[] LabelNamePool = ["job", "le", "by", "instance", "a.b", "ü x", "0"];
    private static readonly string[] TextPool = ["", "x", "a\"b\\c", "line\nbreak\ttab", "é😀", "\0\u007f\u00a0\ufffd", "`'"];
    private static readonly double[] NumberPool =
    [
        0, 1, -1, 0.1, 1e300, -5e-324, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 123456789.5,
    ];

    private static readonly BinaryOperator[] ArithmeticOperators =
    [
        BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply, BinaryOperator.Divide, BinaryOperator.Modulo, BinaryOperator.Power,
    ];

    private readonly Random _random = new(seed);

    /// <summary>An expression of at most the given height.</summary>
    public Expression Expression(int height) => _random.Next(height <= 0 ? 4 : 11) switch
    {
        0 => NextNumber(),
        1 => new StringLiteral(default, Pick(TextPool)),
        2 => NextVector(withModifiers: true),
        3 => NextMatrix(),
        4 => new Paren(default, Expression(height - 1)),
        5 => new Unary(default, Flip(), NoNumber(Operand(height - 1))),
        6 => new Call(default, Pick(FunctionTable.All.Select(function => function.Name).Order().ToArray()), Many(3, () => Expression(height - 1))),
        7 => NextAggregate(height - 1),
        8 => NextSubquery(height - 1),
        _ => NextBinary(height - 1),
    };

    private Expression Operand(int height)
    {
        Expression operand = Expression(height);
        return operand is Binary or Unary or NumberLiteral { Value: < 0 or double.PositiveInfinity } ? new Paren(default, operand) : operand;
    }

    private static Expression NoNumber(Expression operand) => operand is NumberLiteral ? new Paren(default, operand) : operand;

    private NumberLiteral NextNumber() => Flip()
        ? new NumberLiteral(default, Pick(NumberPool))
        : new NumberLiteral(default, _random.Next(-100_000_000, 100_000_000) / 1000.0, IsDuration: true);

    private VectorSelector NextVector(bool withModifiers)
    {
        string? name = Flip() ? Pick("up", "a:b", "sum", "offset", "_x") : null;
        ImmutableArray<LabelMatcher> matchers = Many(3, () => new LabelMatcher(
            (MatchType)_random.Next(2), Pick(LabelNamePool), Pick(TextPool)));
        if (name is null)
            matchers = matchers.Add(new LabelMatcher(MatchType.Matches, "m", "a|b"));
        else
            matchers = matchers.Add(new LabelMatcher(MatchType.Equal, LabelNames.MetricName, name));
        var vector = new VectorSelector(default, name, matchers) { Edges = (RangeEdges)_random.Next(3) };
        return withModifiers ? vector with { Offset = NextOffset(), At = NextAt() } : vector;
    }

    private MatrixSelector NextMatrix() => new(default, NextVector(withModifiers: true), NextDuration(2, positive: true));

    private Subquery NextSubquery(int height)
    {
        Duration? step = Flip() ? NextDuration(1, positive: true) : null;
        return new Subquery(default, Operand(height), NextDuration(1, positive: true), step) { Offset = NextOffset(), At = NextAt() };
    }

    private Duration? NextOffset()
    {
        Duration? offset = Flip() ? NextDuration(1, positive: false) : null;
        return offset is DurationBinary or DurationNegation { Operand: DurationBinary } ? new DurationParen(default, offset) : offset;
    }

    private AtModifier? NextAt() => _random.Next(4) switch
    {
        0 => new AtModifier(AtPoint.Start),
        1 => new AtModifier(AtPoint.End),
        2 => new AtModifier(AtPoint.Timestamp, _random.NextInt64(-1L << 50, 1L << 50)),
        _ => null,
    };

    // A constant on its own is printed with units, whatever it was written as, so only durations are made there.
    private Duration NextDuration(int height, bool positive)
    {
        if (height > 0 && Flip())
            return NextArithmetic(height);
        int milliseconds = positive ? _random.Next(1, 100_000_000) : _random.Next(1, 100_000_000) * (Flip() ? 1 : -1);
        return new DurationLiteral(default, milliseconds / 1000.0, IsNumber: false);
    }

    private Duration NextArithmetic(int height) => height <= 0
        ? new DurationLiteral(default, _random.Next(1, 100_000) / 8.0, IsNumber: true)
        : _random.Next(5) switch
        {
            0 => new DurationQueryValue(default, Flip()),
            1 => new DurationNegation(default, new DurationParen(default, NextArithmetic(height - 1))),
            2 => new DurationChoice(default, Flip(), NextArithmetic(height - 1), NextArithmetic(height - 1)),
            3 => new DurationParen(default, NextArithmetic(height - 1)),
            _ => new DurationBinary(
                default, Pick(ArithmeticOperators), default, new DurationParen(default, NextArithmetic(height - 1)), NextArithmetic(0)),
        };

    private Aggregate NextAggregate(int height)
    {
        AggregateOperator op = Pick(Enum.GetValues<AggregateOperator>());
        Expression? parameter = op >= AggregateOperator.TopK ? Expression(height) : null;
        bool without = Flip();
        return new Aggregate(default, op, Expression(height), parameter, Many(3, () => Pick(LabelNamePool)), without);
    }

    private Binary NextBinary(int height)
    {
        BinaryOperator op = Pick(Enum.GetValues<BinaryOperator>());
        VectorMatching matching = op <= BinaryOperator.Unless ? VectorMatching.SetDefault : VectorMatching.Default;
        if (Flip())
        {
            matching = matching with { On = true, Labels = Many(2, () => Pick(LabelNamePool)) };
            if (Flip())
                matching = matching with { Cardinality = MatchCardinality.ManyToOne, Include = Many(2, () => Pick(LabelNamePool)) };
        }

        if (_random.Next(4) == 0)
            matching = matching with { FillLeft = Pick(NumberPool), FillRight = Flip() ? Pick(NumberPool) : null };
        return new Binary(default, op, default, Operand(height), Operand(height), Flip(), matching);
    }

    private ImmutableArray<T> Many<T>(int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make())];

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private bool Flip() => _random.Next(2) == 0;
}

namespace Tsdb.Query.Syntax.Lexing;

/// <summary>The kinds of words a query is made of. Ranges of the enumeration have a meaning: see <see cref="TokenKinds"/>.</summary>
internal enum TokenKind : byte
{
    /// <summary>Text that is no word at all; nothing is read after it.</summary>
    Error,
    EndOfInput,

    Identifier,
    MetricIdentifier, // holds a colon
    Number,
    Duration,
    String,

    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,
    Colon,
    Equal,

    // operators
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    EqualEqual,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    TrimUpper,
    TrimLower,
    And,
    Or,
    Unless,
    Atan2,
    MatchRegex,
    NotMatchRegex,
    At,

    // aggregations
    Sum,
    Avg,
    Count,
    Min,
    Max,
    Group,
    StdDev,
    StdVar,
    TopK,
    BottomK,
    CountValues,
    Quantile,
    LimitK,
    LimitRatio,

    // keywords
    Bool,
    By,
    Without,
    On,
    Ignoring,
    GroupLeft,
    GroupRight,
    Fill,
    FillLeft,
    FillRight,
    Offset,
    Anchored,
    Smoothed,

    // values of the running query
    Start,
    End,
    Step,
    Range,
    MinOf,
    MaxOf,
}

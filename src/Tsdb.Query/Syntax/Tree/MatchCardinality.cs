namespace Tsdb.Query.Syntax.Tree;

/// <summary>How many series of each side of a binary operator may match one another.</summary>
public enum MatchCardinality : byte
{
    /// <summary>One of the left with one of the right.</summary>
    OneToOne,

    /// <summary><c>group_left</c>: many of the left with one of the right.</summary>
    ManyToOne,

    /// <summary><c>group_right</c>: one of the left with many of the right.</summary>
    OneToMany,

    /// <summary>Many with many: the set operators, which compare label sets only.</summary>
    ManyToMany,
}

using System.Collections.Immutable;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Grammar;

/// <summary>Arguments of a call.</summary>
/// <param name="List">The arguments in order.</param>
/// <param name="End">Index behind the closing parenthesis.</param>
internal readonly record struct ArgumentsInParentheses(ImmutableArray<Expression> List, int End);

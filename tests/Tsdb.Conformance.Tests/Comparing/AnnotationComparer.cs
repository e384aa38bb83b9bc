using Tsdb.Conformance.Tests.Reading;
using Tsdb.Query.Results;

namespace Tsdb.Conformance.Tests.Comparing;

/// <summary>Compares the annotations of a result with those a script expects.</summary>
internal static class AnnotationComparer
{
    /// <summary>What differs; null when nothing does.</summary>
    public static string? Compare(EvalCommand eval, QueryResult result) =>
        Compare("warning", result.Warnings, Of(eval, ExpectationKind.Warn), Of(eval, ExpectationKind.NoWarn).Count > 0)
        ?? Compare("info", result.Infos, Of(eval, ExpectationKind.Info), Of(eval, ExpectationKind.NoInfo).Count > 0);

    private static List<Expectation> Of(EvalCommand eval, ExpectationKind kind) =>
        [.. eval.Expectations.Where(expectation => expectation.Kind == kind)];

    private static string? Compare(string kind, IReadOnlyList<string> annotations, List<Expectation> expected, bool isNoneExpected)
    {
        if (isNoneExpected && annotations.Count > 0)
        {
            return $"has an unexpected {kind}: {annotations[0]}";
        }

        if (expected.Count == 0)
        {
            return null;
        }

        Expectation? missing = expected.FirstOrDefault(expectation => !annotations.Any(expectation.Matches));
        string? surplus = annotations.FirstOrDefault(annotation => !expected.Any(expectation => expectation.Matches(annotation)));
        return missing is not null ? $"lacks the {kind} {missing}; has [{string.Join("; ", annotations)}]"
            : surplus is not null ? $"has an unexpected {kind}: {surplus}"
            : null;
    }
}

using System.Diagnostics.CodeAnalysis;
using Tsdb.Query.Errors;

namespace Tsdb.Query.Operators;

/// <summary>The refusal of two values for one label set at one step.</summary>
internal static class SeriesConflict
{
    /// <summary>Refuses two series with the same labels when some step has a value in both.</summary>
    public static void ThrowIfOverlapping(PresenceBitmap one, PresenceBitmap other)
    {
        if (one.Overlaps(other))
        {
            Throw();
        }
    }

    /// <summary>Refuses.</summary>
    [DoesNotReturn]
    public static void Throw() => throw new QueryExecutionException("vector cannot contain metrics with the same labelset");
}

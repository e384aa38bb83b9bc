namespace Tsdb.Model.Matching.Expressions;

/// <summary>Matches one of a few listed values: <c>host_1|host_7</c>.</summary>
/// <param name="sorted">The values, sorted bytewise.</param>
internal sealed class SetMatcher(byte[][] sorted) : ValueMatcher
{
    /// <inheritdoc/>
    public override bool IsMatch(ReadOnlySpan<byte> value)
    {
        int low = 0;
        int high = sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = sorted[middle].AsSpan().SequenceCompareTo(value);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}

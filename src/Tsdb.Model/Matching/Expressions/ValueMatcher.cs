namespace Tsdb.Model.Matching.Expressions;

/// <summary>Decides whether a whole value matches, in the way that is cheapest for its expression. Safe for concurrent use.</summary>
internal abstract class ValueMatcher
{
    /// <summary>Says whether a UTF-8 value matches.</summary>
    public abstract bool IsMatch(ReadOnlySpan<byte> value);
}

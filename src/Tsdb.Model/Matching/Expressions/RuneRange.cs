namespace Tsdb.Model.Matching.Expressions;

/// <summary>A range of Unicode code points, both ends included.</summary>
/// <param name="Low">The first code point.</param>
/// <param name="High">The last code point.</param>
internal readonly record struct RuneRange(int Low, int High)
{
    /// <summary>The highest code point of Unicode.</summary>
    public const int MaxRune = 0x10FFFF;
}

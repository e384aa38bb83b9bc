namespace Tsdb.Encoding.Integers;

/// <summary>How residuals come from the integers of a column. Two bits of its header: part of the format, values never change meaning.</summary>
internal enum Transform : byte
{
    /// <summary>The difference to the previous integer, less the centre: walks and counters.</summary>
    Delta = 0,

    /// <summary>The integer less the centre: noise about a level.</summary>
    Level = 1,

    /// <summary>The difference of two differences; the first difference is the centre: changing rates.</summary>
    DeltaOfDelta = 2,

    /// <summary>The distance to a line from the segment's start, rising by the centre at each step: timestamps with jitter.</summary>
    Line = 3,
}

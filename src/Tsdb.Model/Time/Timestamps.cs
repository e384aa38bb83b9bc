namespace Tsdb.Model.Time;

/// <summary>Conversions between the engine's nanoseconds and the units of clients and chunks.</summary>
public static class Timestamps
{
    /// <summary>
    /// The earliest timestamp clients may write, as in InfluxDB: 1677-09-21T00:12:43.145224194Z. Those before it stand for "before everything", and no
    /// window that is open at its start could hold them.
    /// </summary>
    public const long EarliestNs = long.MinValue + 2;

    /// <summary>The latest timestamp clients may write, as in InfluxDB: 2262-04-11T23:47:16.854775806Z. The one after it stands for "after everything".</summary>
    public const long LatestNs = long.MaxValue - 1;

    /// <summary>Nanoseconds in a microsecond.</summary>
    public const long NsPerMicrosecond = 1_000;

    /// <summary>Nanoseconds in a millisecond.</summary>
    public const long NsPerMillisecond = 1_000_000;

    /// <summary>Nanoseconds in a second.</summary>
    public const long NsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds in one of <paramref name="unit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The unit is not one of the enumeration.</exception>
    public static long NsPer(TimeUnit unit) => unit switch
    {
        TimeUnit.Nanoseconds => 1,
        TimeUnit.Microseconds => NsPerMicrosecond,
        TimeUnit.Milliseconds => NsPerMillisecond,
        TimeUnit.Seconds => NsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    /// <summary>Whole milliseconds at or before <paramref name="timestampNs"/> (rounded toward negative infinity).</summary>
    public static long ToMilliseconds(long timestampNs)
    {
        long quotient = timestampNs / NsPerMillisecond;
        return timestampNs % NsPerMillisecond < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Nanoseconds of <paramref name="milliseconds"/>, held at the ends of the 64-bit range instead of overflowing.</summary>
    public static long FromMilliseconds(long milliseconds) => milliseconds switch
    {
        > long.MaxValue / NsPerMillisecond => long.MaxValue,
        < long.MinValue / NsPerMillisecond => long.MinValue,
        _ => milliseconds * NsPerMillisecond,
    };

    /// <summary>The sum, held at the ends of the 64-bit range instead of overflowing.</summary>
    public static long AddSaturating(long timestampNs, long deltaNs)
    {
        long sum = unchecked(timestampNs + deltaNs);
        return ((timestampNs ^ sum) & (deltaNs ^ sum)) < 0 ? (deltaNs < 0 ? long.MinValue : long.MaxValue) : sum;
    }

    /// <summary>Nanoseconds since the Unix epoch of <paramref name="time"/>.</summary>
    /// <exception cref="OverflowException">The time lies outside 1677-09-21 to 2262-04-11, the range of a signed 64-bit count.</exception>
    public static long FromDateTimeOffset(DateTimeOffset time) => checked((time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100);

    /// <summary>The time of <paramref name="timestampNs"/>, cut to the 100 ns a <see cref="DateTimeOffset"/> holds.</summary>
    public static DateTimeOffset ToDateTimeOffset(long timestampNs) =>
        new(DateTime.UnixEpoch.Ticks + Math.DivRem(timestampNs, 100, out long rest) - (rest < 0 ? 1 : 0), TimeSpan.Zero);
}

using System.Diagnostics;

namespace Tsdb.EndToEnd.Tests;

/// <summary>Waits for what other processes do and nobody announces.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks again and again until a condition holds; fails when it does not in time.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan patience, Func<string> complaint)
    {
        long start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > patience)
            {
                Assert.Fail(complaint());
            }

            await timer.WaitForNextTickAsync();
        }
    }
}

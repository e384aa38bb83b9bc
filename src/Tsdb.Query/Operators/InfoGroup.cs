namespace Tsdb.Query.Operators;

/// <summary>The info series of one metric, instance and job: at each step the one with the latest sample is current.</summary>
internal sealed class InfoGroup
{
    /// <summary>Stands for no series.</summary>
    public const int None = -1;

    private readonly int[] _current;
    private readonly double[] _latest; // the current series' timestamp in seconds

    /// <summary>Creates a group without series for grids of a number of steps.</summary>
    public InfoGroup(int steps)
    {
        _current = new int[steps];
        _latest = new double[steps];
        _current.AsSpan().Fill(None);
    }

    /// <summary>The series that is current at a step, or <see cref="None"/>.</summary>
    public int CurrentAt(int step) => _current[step];

    /// <summary>Makes a series current where its sample, whose timestamp the column holds, is the latest.</summary>
    /// <returns>A series with a sample of the same time, or <see cref="None"/>.</returns>
    public int Offer(int series, SeriesColumn timestamps)
    {
        PresenceBitmap presence = timestamps.Presence;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            double timestamp = timestamps.Values[step];
            if (_current[step] != None && _latest[step] == timestamp)
            {
                return _current[step];
            }

            if (_current[step] == None || _latest[step] < timestamp)
            {
                _current[step] = series;
                _latest[step] = timestamp;
            }
        }

        return None;
    }
}

namespace Tsdb.Tool.Generating;

/// <summary>
/// What monitoring agents send: request counters by method and status that now and then start again from zero, and a line of gauges (decimals,
/// large integers, a constant, a boolean) for each host.
/// </summary>
internal sealed class MixedDataSet : IDataSet
{
    private const int GaugesPerLine = 6;
    private const double RestartChance = 1.0 / 5000;

    private static readonly (string Method, int Status, double PerSecond)[] Requests =
        [("GET", 200, 120), ("GET", 404, 3), ("GET", 500, 0.05), ("POST", 200, 20), ("POST", 400, 0.5)];

    private readonly DataSetOptions _options;
    private readonly Random _random;
    private readonly NormalSource _steps;
    private readonly byte[][] _counterPrefixes;
    private readonly byte[][] _gaugePrefixes;
    private readonly long[] _counters;
    private readonly Gauges[] _gauges;
    private int _line; // within the host: a counter each, then the gauges
    private int _host;
    private int _point;

    /// <summary>Prepares the hosts.</summary>
    public MixedDataSet(DataSetOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        _steps = new NormalSource(_random);
        _counters = new long[options.Hosts * Requests.Length];
        _gauges = new Gauges[options.Hosts];
        _counterPrefixes = new byte[_counters.Length][];
        _gaugePrefixes = new byte[options.Hosts][];
        for (int host = 0; host < options.Hosts; host++)
        {
            for (int r = 0; r < Requests.Length; r++)
            {
                _counterPrefixes[(host * Requests.Length) + r] = System.Text.Encoding.UTF8.GetBytes(
                    $"http_requests,host=host_{host},method={Requests[r].Method},status={Requests[r].Status} total=");
            }

            _gaugePrefixes[host] = System.Text.Encoding.UTF8.GetBytes($"node,host=host_{host},zone=z{host % 3} temperature_celsius=");
            _gauges[host] = new Gauges(4000 + _random.Next(2000), 100 + _random.Next(300), _random.NextInt64(1L << 30, 1L << 34));
        }
    }

    /// <inheritdoc/>
    public long LineCount => (long)_options.Hosts * _options.Points * (Requests.Length + 1);

    /// <inheritdoc/>
    public long SampleCount => (long)_options.Hosts * _options.Points * (Requests.Length + GaugesPerLine);

    /// <inheritdoc/>
    public int AppendLine(LineBuffer buffer)
    {
        bool isCounter = _line < Requests.Length;
        if (isCounter)
        {
            AppendCounter(buffer);
        }
        else
        {
            AppendGauges(buffer);
        }

        buffer.Append(" "u8);
        buffer.AppendInteger(_options.StartNs + (_point * _options.IntervalNs));
        buffer.Append("\n"u8);
        MoveOn();
        return isCounter ? 1 : GaugesPerLine;
    }

    private void AppendCounter(LineBuffer buffer)
    {
        int index = (_host * Requests.Length) + _line;
        double mean = Requests[_line].PerSecond * _options.IntervalNs / 1e9;
        double requests = mean + (_steps.Next() * Math.Sqrt(mean));
        _counters[index] = _random.NextDouble() < RestartChance ? 0 : _counters[index] + Math.Max(0, (long)Math.Round(requests));
        buffer.Append(_counterPrefixes[index]);
        buffer.AppendInteger(_counters[index]);
    }

    private void AppendGauges(LineBuffer buffer)
    {
        ref Gauges gauges = ref _gauges[_host];
        gauges.TemperatureHundredths += (long)(_steps.Next() * 20);
        gauges.LoadHundredths = Math.Max(0, gauges.LoadHundredths + (long)(_steps.Next() * 10));
        gauges.FreeBytes = Math.Max(0, gauges.FreeBytes + ((long)(_steps.Next() * 4096) * 1024));
        buffer.Append(_gaugePrefixes[_host]);
        buffer.AppendHundredths(gauges.TemperatureHundredths);
        buffer.Append(",load1="u8);
        buffer.AppendHundredths(gauges.LoadHundredths);
        buffer.Append(",memory_free_bytes="u8);
        buffer.AppendInteger(gauges.FreeBytes);
        buffer.Append("i,memory_total_bytes=17179869184i,uptime_seconds="u8);
        buffer.AppendInteger(_point * _options.IntervalNs / 1_000_000_000);
        buffer.Append("i,up="u8);
        buffer.Append(_random.Next(1000) == 0 ? "f"u8 : "t"u8);
    }

    private void MoveOn()
    {
        if (++_line <= Requests.Length)
        {
            return;
        }

        _line = 0;
        if (++_host == _options.Hosts)
        {
            _host = 0;
            _point++;
        }
    }

    private record struct Gauges(long TemperatureHundredths, long LoadHundredths, long FreeBytes);
}

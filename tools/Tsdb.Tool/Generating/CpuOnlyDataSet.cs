namespace Tsdb.Tool.Generating;

/// <summary>
/// The cpu-only use case of the Time Series Benchmark Suite (TSBS): ten tags, and ten integer fields that each walk at random between 0 and 100 by
/// normally distributed steps and are cut to whole numbers. All hosts report at one time, then all at the next.
/// </summary>
internal sealed class CpuOnlyDataSet : IDataSet
{
    private const int FieldsPerLine = 10;
    private const double MaxUsage = 100;

    private static readonly byte[][] FieldKeys =
    [
        .. new[] { "user", "system", "idle", "nice", "iowait", "irq", "softirq", "steal", "guest", "guest_nice" }
            .Select((name, index) => System.Text.Encoding.UTF8.GetBytes($"{(index == 0 ? "" : "i,")}usage_{name}=")),
    ];

    private readonly DataSetOptions _options;
    private readonly NormalSource _steps;
    private readonly byte[][] _prefixes;
    private readonly double[] _usages; // of host h, field f at h * 10 + f
    private int _host;
    private int _point;

    /// <summary>Prepares the hosts.</summary>
    public CpuOnlyDataSet(DataSetOptions options)
    {
        var random = new Random(options.Seed);
        _options = options;
        _steps = new NormalSource(random);
        _prefixes = new byte[options.Hosts][];
        _usages = new double[options.Hosts * FieldsPerLine];
        for (int host = 0; host < options.Hosts; host++)
        {
            _prefixes[host] = CpuHostTags.Prefix(host, random);
        }

        for (int i = 0; i < _usages.Length; i++)
        {
            _usages[i] = random.NextDouble() * MaxUsage;
        }
    }

    /// <inheritdoc/>
    public long LineCount => (long)_options.Hosts * _options.Points;

    /// <inheritdoc/>
    public long SampleCount => LineCount * FieldsPerLine;

    /// <inheritdoc/>
    public int AppendLine(LineBuffer buffer)
    {
        buffer.Append(_prefixes[_host]);
        Span<double> usages = _usages.AsSpan(_host * FieldsPerLine, FieldsPerLine);
        for (int field = 0; field < FieldsPerLine; field++)
        {
            buffer.Append(FieldKeys[field]);
            buffer.AppendInteger((long)usages[field]);
            usages[field] = Math.Clamp(usages[field] + _steps.Next(), 0, MaxUsage);
        }

        buffer.Append("i "u8);
        buffer.AppendInteger(_options.StartNs + (_point * _options.IntervalNs));
        buffer.Append("\n"u8);
        if (++_host == _options.Hosts)
        {
            _host = 0;
            _point++;
        }

        return FieldsPerLine;
    }
}

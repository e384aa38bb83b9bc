using System.Buffers;
using Tsdb.Model.Reading;
using Tsdb.Model.Samples;
using Tsdb.Query.Errors;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>The samples of one series, decoded; reused from series to series. Not thread-safe; dispose it to return the arrays.</summary>
internal sealed class SampleBuffer : IDisposable
{
    private const int InitialCapacity = 512;
    private const int BytesPerSample = sizeof(long) + sizeof(double);
    private readonly QueryContext _context;
    private readonly StartTimestampBuffer _starts;
    private long[] _timestampsNs = [];
    private double[] _values = [];
    private int _charged; // samples the budget holds for these arrays; the pool may have lent longer ones

    /// <summary>Creates an empty buffer whose memory counts against the query's budget.</summary>
    public SampleBuffer(QueryContext context)
    {
        _context = context;
        _starts = new StartTimestampBuffer(context);
    }

    /// <summary>How many samples there are.</summary>
    public int Count { get; private set; }

    /// <summary>The samples' timestamps, strictly ascending.</summary>
    public ReadOnlySpan<long> TimestampsNs => _timestampsNs.AsSpan(0, Count);

    /// <summary>The samples' values.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>The samples' start timestamps, 0 where unknown; empty when no sample has one or they are switched off.</summary>
    public ReadOnlySpan<long> StartTimestampsNs => _starts.TimestampsNs;

    /// <summary>Which timestamp column this is, for sharing what was computed from an equal one.</summary>
    public TimestampColumnKey Key { get; } = new();

    /// <summary>Decodes every sample of a series.</summary>
    /// <param name="reader">The series' columns.</param>
    /// <param name="keepsStalenessMarkers">False to leave out staleness markers, which windows do not see.</param>
    public void Load(IColumnReader reader, bool keepsStalenessMarkers)
    {
        Count = 0;
        Key.Clear();
        _starts.Clear();
        while (reader.MoveNext())
        {
            ref readonly ColumnRun run = ref reader.Current;
            if (run.Kind != SampleKind.Float)
            {
                throw new UnsupportedQueryException("Native histogram samples cannot be queried yet.");
            }

            EnsureCapacity(Count + run.Count);
            reader.Read(_timestampsNs.AsSpan(Count, run.Count), _values.AsSpan(Count, run.Count));
            _starts.Add(reader, Count);
            Key.Add(run.TimestampColumnId, run.Count);
            Count += run.Count;
        }

        _context.Statistics.SamplesRead += Count;
        if (!keepsStalenessMarkers)
        {
            RemoveStalenessMarkers();
        }
    }

    /// <summary>Replaces the samples with the values a column has, at the times of its grid.</summary>
    public void Load(SeriesColumn column, StepGrid grid)
    {
        Count = 0;
        Key.Clear();
        _starts.Clear(); // they do not pass through a subquery
        EnsureCapacity(column.Steps);
        PresenceBitmap presence = column.Presence;
        ReadOnlySpan<double> values = column.Values;
        for (int step = presence.NextSet(0); step >= 0; step = presence.NextSet(step + 1))
        {
            _timestampsNs[Count] = grid.TimeNs(step);
            _values[Count++] = values[step];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Count = 0;
        _starts.Dispose();
        Release();
        _timestampsNs = [];
        _values = [];
    }

    private void RemoveStalenessMarkers()
    {
        ReadOnlySpan<long> bits = System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(_values.AsSpan(0, Count));
        int kept = bits.IndexOf(unchecked((long)StalenessMarker.Bits));
        if (kept < 0)
        {
            return;
        }

        for (int i = kept + 1; i < Count; i++)
        {
            if (!StalenessMarker.Is(_values[i]))
            {
                _starts.Move(i, kept);
                _timestampsNs[kept] = _timestampsNs[i];
                _values[kept++] = _values[i];
            }
        }

        Count = kept;
        _starts.Truncate(kept);
        Key.Clear(); // the timestamps left are no longer those of the stored column
    }

    private void EnsureCapacity(int count)
    {
        if (count <= _values.Length)
        {
            return;
        }

        int capacity = Math.Max(count, Math.Max(InitialCapacity, _values.Length * 2));
        _context.Budget.Take(capacity, (long)capacity * BytesPerSample);
        long[] timestampsNs = ArrayPool<long>.Shared.Rent(capacity);
        double[] values = ArrayPool<double>.Shared.Rent(capacity);
        TimestampsNs.CopyTo(timestampsNs);
        Values.CopyTo(values);
        Release();
        _charged = capacity;
        _timestampsNs = timestampsNs;
        _values = values;
    }

    private void Release()
    {
        if (_charged > 0)
        {
            ArrayPool<long>.Shared.Return(_timestampsNs);
            ArrayPool<double>.Shared.Return(_values);
            _context.Budget.Give(_charged, (long)_charged * BytesPerSample);
            _charged = 0;
        }
    }
}

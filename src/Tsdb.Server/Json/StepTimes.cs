using System.Buffers;
using Tsdb.Query.Results;

namespace Tsdb.Server.Json;

/// <summary>The timestamps of a query's steps as text, formatted once for all series. Rents memory; dispose it.</summary>
internal sealed class StepTimes : IDisposable
{
    private readonly byte[] _text;
    private readonly int[] _ends;

    /// <summary>Formats the steps of a result.</summary>
    public StepTimes(QueryResult result)
    {
        _text = ArrayPool<byte>.Shared.Rent(result.StepCount * JsonOutput.MaxTimestampLength);
        _ends = ArrayPool<int>.Shared.Rent(result.StepCount);
        int end = 0;
        for (int step = 0; step < result.StepCount; step++)
        {
            end += JsonOutput.FormatTimestamp(result.StepTimeMs(step), _text.AsSpan(end));
            _ends[step] = end;
        }
    }

    /// <summary>The text of a step's timestamp.</summary>
    public ReadOnlySpan<byte> this[int step]
    {
        get
        {
            int start = step == 0 ? 0 : _ends[step - 1];
            return _text.AsSpan(start, _ends[step] - start);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_text);
        ArrayPool<int>.Shared.Return(_ends);
    }
}

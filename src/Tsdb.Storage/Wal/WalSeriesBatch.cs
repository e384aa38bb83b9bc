using System.Buffers;

namespace Tsdb.Storage.Wal;

/// <summary>Series on their way into the log: slots and the labels they stand for. Reusable; not thread-safe.</summary>
internal sealed class WalSeriesBatch
{
    private readonly ArrayBufferWriter<byte> _labels = new();
    private readonly List<(uint Slot, int Start, int LengthBytes)> _entries = [];

    /// <summary>Series held.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a series; the labels are copied.</summary>
    /// <exception cref="ArgumentException">The labels alone exceed what a record can hold.</exception>
    public void Add(uint slot, ReadOnlySpan<byte> canonicalLabels)
    {
        if (canonicalLabels.Length > WalSeriesPayload.MaxLabelBytes)
        {
            throw new ArgumentException(
                $"A label set of {canonicalLabels.Length} bytes exceeds the {WalSeriesPayload.MaxLabelBytes} a log record can hold.",
                nameof(canonicalLabels));
        }

        _entries.Add((slot, _labels.WrittenCount, canonicalLabels.Length));
        _labels.Write(canonicalLabels);
    }

    /// <summary>The slot of a series.</summary>
    public uint SlotAt(int index) => _entries[index].Slot;

    /// <summary>The canonical labels of a series; valid until the batch changes.</summary>
    public ReadOnlySpan<byte> LabelsAt(int index) => _labels.WrittenSpan.Slice(_entries[index].Start, _entries[index].LengthBytes);

    /// <summary>Empties the batch, keeping its buffers.</summary>
    public void Clear()
    {
        _labels.ResetWrittenCount();
        _entries.Clear();
    }
}

namespace Tsdb.Storage.Wal;

/// <summary>Columns about to become a SAMPLES record.</summary>
internal readonly ref struct SamplesPayload(ReadOnlySpan<uint> slots, ReadOnlySpan<long> timestampsNs, ReadOnlySpan<double> values) : IWalPayload
{
    private readonly ReadOnlySpan<uint> _slots = slots;
    private readonly ReadOnlySpan<long> _timestampsNs = timestampsNs;
    private readonly ReadOnlySpan<double> _values = values;

    /// <inheritdoc/>
    public int Write(Span<byte> destination) => WalSamplesPayload.Write(_slots, _timestampsNs, _values, destination);
}

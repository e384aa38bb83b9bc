namespace Tsdb.Storage.Wal;

/// <summary>A payload that is encoded straight into the pending records. A struct, so that the call costs nothing and allocates nothing.</summary>
internal interface IWalPayload
{
    /// <summary>Writes the payload and returns its length.</summary>
    int Write(Span<byte> destination);
}

using Tsdb.Model.Time;

namespace Tsdb.Encoding.Gorilla;

/// <summary>What the encoder remembers between two samples of one chunk: 40 bytes, owned by whoever owns the chunk's words.</summary>
/// <remarks>Begun by <see cref="GorillaEncoder.Start"/>; the default value stands for no chunk. Guarded by the lock of the chunk's writer.</remarks>
public struct GorillaState
{
    internal long Timestamp;       // of the last sample, in units
    internal long Delta;           // between the last two samples, in units; 0 after the first
    internal ulong ValueBits;      // of the last sample
    internal ulong Pending;        // the word being filled, unused bits 0: the chunk's memory is written, never read back
    internal int BitCount;         // written so far
    internal byte WindowLeading;   // leading zero bits outside the XOR window
    internal byte WindowLength;    // bits of the XOR window, 1 to 64
    internal TimeUnit TimeUnit;

    /// <summary>The unit of the chunk's timestamps.</summary>
    public readonly TimeUnit Unit => TimeUnit;

    /// <summary>The last sample's timestamp.</summary>
    public readonly long LastTimestampNs => unchecked(Timestamp * GorillaUnits.NsPer(TimeUnit));

    /// <summary>The last sample's value.</summary>
    public readonly double LastValue => BitConverter.UInt64BitsToDouble(ValueBits);

    /// <summary>The chunk's bytes so far; the last may be partly filled.</summary>
    public readonly int LengthBytes => (BitCount + 7) >> 3;
}

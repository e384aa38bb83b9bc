using System.Numerics;
using Tsdb.Encoding.Bits;
using Tsdb.Model.Time;

namespace Tsdb.Encoding.Gorilla;

/// <summary>Finds out from a chunk's bytes what its encoder remembered, so that the chunk can be continued. Thread-safe.</summary>
/// <remarks>The bits are drawn at <see cref="GorillaEncoder"/>.</remarks>
public static class GorillaResumer
{
    /// <summary>Reads the first <paramref name="count"/> samples of a chunk and gives the encoder's state after them.</summary>
    /// <param name="payload">The chunk's bytes; what follows the samples is not looked at.</param>
    /// <param name="unit">The unit of the chunk's timestamps.</param>
    /// <param name="count">How many samples, at least 1.</param>
    /// <param name="state">The state; the chunk is continued in words that begin with these bytes.</param>
    /// <returns>False, with the state undefined, when the bytes are no chunk of that many samples.</returns>
    public static bool TryResume(ReadOnlySpan<byte> payload, TimeUnit unit, int count, out GorillaState state)
    {
        state = default;
        long bitCount = (long)payload.Length * 8;
        if (count < 1
            || !GorillaUnits.IsKnown(unit)
            || bitCount < GorillaDecoder.FirstSampleBits + ((long)GorillaDecoder.MinSampleBits * (count - 1)))
        {
            return false;
        }

        state.TimeUnit = unit;
        state.Timestamp = (long)BitReader.Read(payload, 0, 64);
        state.ValueBits = BitReader.Read(payload, 64, 64);
        state.WindowLength = 64;
        long position = GorillaDecoder.FirstSampleBits;
        for (int i = 1; i < count; i++)
        {
            ReadTimestamp(payload, ref position, ref state);
            if (!TryReadValue(payload, ref position, ref state) || position > bitCount)
            {
                return false;
            }
        }

        int begun = (int)position & 63;
        state.BitCount = (int)position;
        state.Pending = begun == 0 ? 0 : BitReader.Read(payload, position - begun, begun) << (64 - begun);
        return true;
    }

    private static void ReadTimestamp(ReadOnlySpan<byte> payload, ref long position, ref GorillaState state)
    {
        ulong bits = BitReader.Peek(payload, position);
        int ones = BitOperations.LeadingZeroCount(~bits);
        if (ones > 0)
        {
            state.Delta = unchecked(state.Delta + GorillaDecoder.ReadDelta(payload, position, bits, ones));
        }

        state.Timestamp = unchecked(state.Timestamp + state.Delta);
        position += GorillaDecoder.DeltaCodeLength(ones);
    }

    private static bool TryReadValue(ReadOnlySpan<byte> payload, ref long position, ref GorillaState state)
    {
        ulong bits = BitReader.Peek(payload, position);
        if ((long)bits >= 0)
        {
            position++;
            return true;
        }

        position += 2;
        if ((bits & (1ul << 62)) != 0)
        {
            state.WindowLeading = (byte)((int)(bits >> 57) & GorillaEncoder.MaxLeading);
            state.WindowLength = (byte)((((int)(bits >> 51) - 1) & 63) + 1); // 0 stands for 64
            position += GorillaEncoder.WindowHeaderBits;
        }

        int trailing = 64 - state.WindowLeading - state.WindowLength;
        if (trailing < 0)
        {
            return false;
        }

        state.ValueBits ^= BitReader.Read(payload, position, state.WindowLength) << trailing;
        position += state.WindowLength;
        return true;
    }
}

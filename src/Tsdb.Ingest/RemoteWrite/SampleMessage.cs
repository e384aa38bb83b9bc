namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Reads the message Sample, which both versions share but for a start timestamp, which is not kept.</summary>
internal static class SampleMessage
{
    private const uint ValueTag = (1 << 3) | 1;
    private const uint TimestampTag = 2 << 3;

    /// <summary>Reads a sample; false when it is malformed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="timestampMs">Milliseconds since the Unix epoch; 0 when it is not said, as always in protobuf.</param>
    /// <param name="value">The value, bit for bit; 0 when it is not said.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out long timestampMs, out double value)
    {
        var reader = new ProtobufReader(message);
        timestampMs = 0;
        value = 0;
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out uint tag))
            {
                return false;
            }

            bool isRead;
            switch (tag)
            {
                case ValueTag:
                    isRead = reader.TryReadDouble(out value);
                    break;
                case TimestampTag:
                    isRead = reader.TryReadVarint(out ulong timestamp);
                    timestampMs = (long)timestamp;
                    break;
                default:
                    isRead = reader.TrySkip(tag);
                    break;
            }

            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }
}

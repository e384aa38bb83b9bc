using System.Buffers;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Takes the backslashes out of names, keys and tag values. A backslash before any other byte is itself.</summary>
internal static class Escapes
{
    /// <summary>Appends <paramref name="raw"/> without its escapes.</summary>
    /// <param name="raw">Text as written in a line.</param>
    /// <param name="isMeasurement">True for a measurement, where <c>\,</c> and <c>\ </c> are escapes; elsewhere <c>\=</c> is one too.</param>
    /// <param name="destination">Receives the text.</param>
    public static void AppendUnescaped(ReadOnlySpan<byte> raw, bool isMeasurement, IBufferWriter<byte> destination)
    {
        while (true)
        {
            int at = raw.IndexOf((byte)'\\');
            if (at < 0 || at + 1 == raw.Length)
            {
                destination.Write(raw);
                return;
            }

            bool isEscape = raw[at + 1] is (byte)',' or (byte)' ' || (raw[at + 1] == '=' && !isMeasurement);
            destination.Write(raw[..(isEscape ? at : at + 1)]);
            raw = raw[(at + 1)..];
            if (isEscape)
            {
                destination.Write(raw[..1]);
                raw = raw[1..];
            }
        }
    }
}

using Snappier;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>Bodies in the block format of Snappy, which begins with the length it decodes to. Stateless.</summary>
/// <remarks>Source: https://github.com/google/snappy/blob/main/format_description.txt.</remarks>
public static class SnappyBlock
{
    /// <summary>A copy of 64 bytes takes three, so no block decodes to more than this many times its own length.</summary>
    private const int LargestRatio = 22;

    /// <summary>The longest block of a message of a length.</summary>
    public static long MaxBlockBytes(long decodedBytes) => 32 + decodedBytes + (decodedBytes / 6);

    /// <summary>Reads the length a block says it decodes to, without decoding it.</summary>
    /// <returns>The length in bytes. The caller compares it with its limit before it makes room.</returns>
    /// <exception cref="MalformedMessageException">The length is none, or one that so short a block cannot reach.</exception>
    public static long ReadDecodedLength(ReadOnlySpan<byte> block)
    {
        var reader = new ProtobufReader(block); // the same varint
        if (!reader.TryReadVarint(out ulong length) || length > uint.MaxValue)
        {
            throw new MalformedMessageException("The body is not in Snappy's block format: it does not begin with a length.");
        }

        return length <= (ulong)block.Length * LargestRatio
            ? (long)length
            : throw new MalformedMessageException(
                $"The body is not in Snappy's block format: {block.Length} bytes cannot decode to the {length} bytes it declares.");
    }

    /// <summary>Decodes a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="destination">As long as <see cref="ReadDecodedLength"/> said.</param>
    /// <exception cref="MalformedMessageException">The block is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        try
        {
            int length = Snappy.Decompress(block, destination);
            if (length == destination.Length)
            {
                return;
            }
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw new MalformedMessageException($"The Snappy block is damaged: {error.Message}");
        }

        throw new MalformedMessageException("The Snappy block is damaged: it decodes to fewer bytes than it declares.");
    }
}

using K4os.Compression.LZ4;

namespace Tsdb.Encoding.Compression;

/// <summary>The LZ4 block format (github.com/lz4/lz4, doc/lz4_Block_format.md), fast level. The lengths are kept by whoever frames the block.</summary>
/// <remarks>Thread-safe. Allocates nothing on the managed heap per call.</remarks>
public static class Lz4Block
{
    /// <summary>The most bytes a block of <paramref name="lengthBytes"/> can take.</summary>
    public static int MaxCompressedLength(int lengthBytes) => LZ4Codec.MaximumOutputSize(lengthBytes);

    /// <summary>
    /// Compresses <paramref name="source"/> into <paramref name="destination"/>, which must not overlap it. Returns the compressed length, always
    /// less than the source's; 0 when the block would not fit or not shrink, and the caller keeps the bytes as they are.
    /// </summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // One byte less than the source is all a block worth keeping may take; the encoder stops there.
        int limitBytes = Math.Min(destination.Length, source.Length - 1);
        if (limitBytes <= 0)
        {
            return 0;
        }

        int lengthBytes = LZ4Codec.Encode(source, destination[..limitBytes], LZ4Level.L00_FAST);
        return Math.Max(lengthBytes, 0);
    }

    /// <summary>
    /// Decompresses <paramref name="source"/>, a whole block, into <paramref name="destination"/>, whose length must be the uncompressed one.
    /// False when the bytes are no block of exactly that length; then the destination's content is undefined. Never throws on bad bytes and never
    /// reads or writes outside the spans.
    /// </summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination) =>
        !source.IsEmpty && !destination.IsEmpty && LZ4Codec.Decode(source, destination) == destination.Length;
}

namespace Tsdb.Ingest.LineProtocol;

/// <summary>A piece of the text being read.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct TextRange(int Start, int Length)
{
    /// <summary>The piece itself.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
}

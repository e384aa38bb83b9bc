using Tsdb.Tool.Sending;

namespace Tsdb.Tool.Tests.Sending;

public sealed class LineChunkerTests
{
    [TestCase("", 2, new string[0])]
    [TestCase("a\nb\nc\n", 2, new[] { "a\nb\n", "c\n" })]
    [TestCase("a\nb\nc", 2, new[] { "a\nb\n", "c" })]
    [TestCase("a", 1, new[] { "a" })]
    [TestCase("a s=\"x\ny\"\nb\n", 1, new[] { "a s=\"x\ny\"\n", "b\n" })]
    [TestCase("a s=\"x\\\"\ny\"\nb\n", 1, new[] { "a s=\"x\\\"\ny\"\n", "b\n" })]
    [TestCase("a s=\"never closed\nb\n", 1, new[] { "a s=\"never closed\nb\n" })]
    public async Task ReadAsync_Text_IsCutAfterWholeLines(string text, int linesPerChunk, string[] expected)
    {
        foreach (int pieceLength in new[] { 1, 3, 1000 })
        {
            Assert.That(await ChunksAsync(text, linesPerChunk, pieceLength), Is.EqualTo(expected), $"pieces of {pieceLength}");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool ReadAsync_AnyText_LosesNothing(string?[] parts, byte linesPerChunk, byte pieceLength)
    {
        string text = string.Join("\n", parts.Select(part => part ?? "\"\\"));

        string[] chunks = ChunksAsync(text, linesPerChunk + 1, pieceLength + 1).GetAwaiter().GetResult();

        return string.Concat(chunks) == System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private static async Task<string[]> ChunksAsync(string text, int linesPerChunk, int pieceLength)
    {
        using var stream = new SlowStream(System.Text.Encoding.UTF8.GetBytes(text), pieceLength);
        var chunker = new LineChunker(stream, linesPerChunk);
        var chunks = new List<string>();
        while (await chunker.ReadAsync(CancellationToken.None) is TextChunk chunk)
        {
            using (chunk)
            {
                chunks.Add(System.Text.Encoding.Latin1.GetString(chunk.Text.Span));
            }
        }

        return [.. chunks];
    }

    private sealed class SlowStream(byte[] bytes, int pieceLength) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceLength)], cancellationToken);
    }
}
